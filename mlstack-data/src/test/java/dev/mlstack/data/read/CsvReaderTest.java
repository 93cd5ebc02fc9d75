package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches, memory, progress, cancellation, origin, and whatever bytes there may be. */
class CsvReaderTest {

  private final BufferAllocator allocator = new RootAllocator();
  private final Path directory;

  CsvReaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
  }

  private Csv numbers(int rows) throws IOException {
    StringBuilder file = new StringBuilder("n,square\n");
    for (long i = 0; i < rows; i++) {
      file.append(i).append(',').append(i * i).append('\n');
    }
    return Csv.file(CsvResult.write(directory, file.toString())).allocator(allocator);
  }

  private static SourceReader open(Csv csv) throws IOException {
    return csv.open(row -> {}, Execution.here());
  }

  @Test
  void next_manyRows_comeInTablesOfBoundedSize() throws IOException {
    int rows = 150_000;
    List<Integer> sizes = new ArrayList<>();
    long expected = 0;
    try (SourceReader reader = open(numbers(rows))) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        assertThat(table).isInstanceOf(ArrowTable.class);
        sizes.add(table.rows());
        LongColumn square = (LongColumn) table.column("square");
        for (int row = 0; row < table.rows(); row++, expected++) {
          if (square.get(row) != expected * expected || table.rowId(row) != expected + 2) {
            throw new AssertionError("row " + expected);
          }
        }
      }
      assertThat(reader.next()).isNull();
    }
    assertThat(sizes).contains(RowParser.BATCH_ROWS).allMatch(size -> size <= RowParser.BATCH_ROWS);
    assertThat(expected).isEqualTo(rows);
  }

  @Test
  void next_longRows_endTablesByBytes() throws IOException {
    StringBuilder file = new StringBuilder("t\n");
    for (int i = 0; i < 20; i++) {
      file.append("x".repeat(4 << 20)).append('\n');
    }
    Csv csv = Csv.file(CsvResult.write(directory, file.toString())).allocator(allocator);
    List<Integer> sizes = new ArrayList<>();
    try (SourceReader reader = open(csv)) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        sizes.add(table.rows());
        assertThat(allocator.getAllocatedMemory()).isLessThan(100 << 20);
      }
    }
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(20);
  }

  /** The memory of a table is given back when the next is asked for, and when the reader closes. */
  @Test
  void close_anywhere_givesAllMemoryBack() throws IOException {
    Csv csv = numbers(100_000);
    for (int tables = 0; tables < 4; tables++) {
      SourceReader reader = open(csv);
      for (int i = 0; i < tables; i++) {
        reader.next();
      }
      assertThat(allocator.getAllocatedMemory() > 0).isEqualTo(tables == 1 || tables == 2);
      reader.close();
      reader.close();
      assertThat(allocator.getAllocatedMemory()).isZero();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void close_tableOfTheReader_canBeReadNoMore() throws IOException {
    SourceReader reader = open(numbers(10));
    Table table = Objects.requireNonNull(reader.next());
    LongColumn column = (LongColumn) table.column(0);
    reader.close();
    assertThatIllegalStateException().isThrownBy(() -> column.get(0));
  }

  @Test
  void next_allocatorAtItsLimit_failsAndLeavesNothing() throws IOException {
    try (BufferAllocator small = allocator.newChildAllocator("small", 0, 1000);
        SourceReader reader = open(numbers(10_000).allocator(small))) {
      assertThatExceptionOfType(OutOfMemoryException.class).isThrownBy(reader::next);
      assertThat(small.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void open_failing_leavesNothing() throws IOException {
    Csv csv = numbers(10).key("none");
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> open(csv));
    assertThat(allocator.getChildAllocators()).isEmpty();
  }

  @Test
  void origin_isThatOfTheBytes() throws IOException {
    byte[] bytes = "\ufeffa,b\n1,2\n3\n4,5".getBytes(StandardCharsets.UTF_8);
    Path path = CsvResult.write(directory, bytes);
    Source.Origin expected =
        new Source.Origin(path.getFileName().toString(), bytes.length, Digest.of(bytes));
    assertThat(Csv.file(path).origin()).isEqualTo(expected);
    try (SourceReader reader = open(Csv.file(path).allocator(allocator))) {
      assertThatIllegalStateException().isThrownBy(reader::origin);
      assertThat(reader.next()).isNotNull();
      assertThatIllegalStateException().isThrownBy(reader::origin);
      assertThat(reader.next()).isNull();
      assertThat(reader.origin()).isEqualTo(expected);
      assertThat(reader.name()).isEqualTo(expected.name());
    }
  }

  @Test
  void next_fileChangedMeanwhile_isRefused() throws IOException {
    Csv csv = numbers(200_000);
    Path path;
    try (var files = Files.list(directory)) {
      path = files.findFirst().orElseThrow();
    }
    try (SourceReader reader = open(csv)) {
      assertThat(reader.next()).isNotNull();
      Files.writeString(path, "7,49\n", StandardOpenOption.APPEND);
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(
              () -> {
                while (reader.next() != null) {
                  // Read on.
                }
              })
          .withMessageContaining("was changed while it was read");
    }
  }

  @Test
  void next_failingFile_isNamed() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    InputSupplier supplier =
        () ->
            new ByteArrayInputStream("1\n2\n".getBytes(StandardCharsets.UTF_8)) {
              private final boolean broken = opened.incrementAndGet() == 4;

              @Override
              public synchronized int read(byte[] to, int from, int length) {
                if (broken) {
                  throw new UncheckedIOException(new IOException("the disk is on fire"));
                }
                return super.read(to, from, length);
              }
            };
    Csv csv = Csv.stream("broken", supplier).header(false).allocator(allocator);
    Schema schema = Schema.of(Field.of("a", FieldType.INT64));
    try (SourceReader reader = open(csv.as(schema))) {
      assertThatThrownBy(reader::next).hasMessageContaining("the disk is on fire");
    }
    assertThat(allocator.getChildAllocators()).isEmpty();
  }

  @Test
  void open_progress_isToldByBytes() throws IOException {
    Csv csv = numbers(1_000_000);
    List<Progress> told = new ArrayList<>();
    Execution execution = Execution.here().withListener(told::add);
    try (SourceReader reader = csv.open(row -> {}, execution)) {
      while (reader.next() != null) {
        // Read on.
      }
      long bytes = reader.origin().bytes();
      List<Progress> reading =
          told.stream().filter(progress -> progress.task().startsWith("read data")).toList();
      assertThat(reading).hasSizeBetween(2, 20).allMatch(progress -> progress.total() == bytes);
      assertThat(reading.stream().map(Progress::done)).isSorted().endsWith(bytes);
      assertThat(told.get(0).task()).startsWith("infer the types of data");
    }
  }

  @Test
  void open_cancelled_ends() throws IOException {
    Csv csv = numbers(1_000_000);
    Execution never = Execution.here().withCancellation(() -> true);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> csv.open(row -> {}, never))
        .withMessageStartingWith("infer the types of data");
    AtomicInteger asked = new AtomicInteger();
    Execution later = Execution.here().withCancellation(() -> asked.incrementAndGet() > 5);
    try (SourceReader reader = csv.as(csv.schema()).open(row -> {}, later)) {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(
              () -> {
                while (reader.next() != null) {
                  // Read on.
                }
              })
          .withMessageStartingWith("read data");
    }
  }

  /** Whatever the bytes are, they are read, or refused in a sentence. */
  @Test
  void open_anyBytes_areReadOrRefused() throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    byte[] alphabet =
        "abc,,;\t|\"\"\n\n\r 0123456789.-+eET:Z\ufeffé".getBytes(StandardCharsets.UTF_8);
    Path path = directory.resolve("fuzz.csv");
    for (int round = 0; round < Seeds.repetitions(300, 100_000); round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      for (int i = 0; i < bytes.length; i++) {
        boolean wild = random.nextInt(20) == 0;
        bytes[i] = wild ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
      }
      Files.write(path, bytes);
      Csv csv = random(Csv.file(path), random).allocator(allocator);
      try {
        CsvResult result = CsvResult.read(csv);
        assertThat(result.origin().digest()).isEqualTo(Digest.of(bytes));
      } catch (DataException e) {
        assertThat(e.getMessage()).as("seed %d", seed).startsWith("fuzz.csv");
      } catch (RuntimeException | IOException e) {
        throw new AssertionError("round " + round + ", seed " + seed, e);
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  private static Csv random(Csv csv, Random random) {
    Csv result = random.nextBoolean() ? csv.detectDelimiter() : csv;
    result = random.nextInt(4) == 0 ? result.header(false) : result;
    result = random.nextInt(4) == 0 ? result.quote('a') : result;
    result = random.nextInt(4) == 0 ? result.charset(StandardCharsets.UTF_16LE) : result;
    result = random.nextInt(4) == 0 ? result.charset(StandardCharsets.ISO_8859_1) : result;
    result = random.nextInt(4) == 0 ? result.gather("g", "c*") : result;
    return random.nextBoolean() ? result.maxRejected(1000) : result;
  }
}
