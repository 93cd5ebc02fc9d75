package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.testing.TableAssert;
import dev.mlstack.table.DataException;
import dev.mlstack.table.SourceReader;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of threads, and where a file is cut into chunks, change nothing. */
class CsvParallelTest {

  private static final int WHOLE_FILE = 1 << 24;
  private static final String[] FIELDS = {
    "1",
    "-7.25",
    "",
    "NA",
    "text",
    "\"quoted\"",
    "\"two\nlines\"",
    "\"three\r\nlines\r\n\"",
    "\"a, \"\"b\"\"\"",
    "5\" pipe",
    "\"broken\"x",
    "\"open",
    "2024-01-02",
    "é",
    "a longer text, that is not quoted",
    "\n",
    "\r"
  };

  private final ExecutorService executor = Executors.newFixedThreadPool(6);
  private final BufferAllocator allocator = new RootAllocator();
  private final Path directory;

  CsvParallelTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void nothingIsLeft() {
    executor.shutdownNow();
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
  }

  /** Returns lines of which some are anything but what they should be. */
  private static String file(Random random) {
    int columns = 1 + random.nextInt(4);
    int nasty = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(FIELDS.length);
    String lineEnd = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
    StringBuilder file = new StringBuilder("c0");
    for (int i = 1; i < columns; i++) {
      file.append(",c").append(i);
    }
    for (int row = 2 + random.nextInt(100); row > 0; row--) {
      file.append(lineEnd).append(random.nextInt(1000));
      int fields = nasty > 0 && random.nextInt(20) == 0 ? random.nextInt(6) : columns;
      for (int i = 1; i < fields; i++) {
        file.append(',');
        file.append(nasty > 0 ? FIELDS[random.nextInt(nasty)] : String.valueOf(random.nextInt()));
      }
    }
    return file.append(random.nextBoolean() ? lineEnd : "").toString();
  }

  private static String outcome(Csv csv, Execution execution, CsvResult[] result)
      throws IOException {
    try {
      result[0] = CsvResult.read(csv, execution);
      return "read";
    } catch (DataException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void read_anyThreadsAndChunks_isTheSame() throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.repetitions(400, 100_000); round++) {
      String text = file(random);
      Path path = Files.writeString(directory.resolve("data.csv"), text);
      Csv csv = Csv.file(path).allocator(allocator);
      csv = random.nextBoolean() ? csv.maxRejected(random.nextInt(200)) : csv;
      CsvResult[] expected = new CsvResult[1];
      String outcome = outcome(csv.chunkBytes(WHOLE_FILE), Execution.here(), expected);
      int chunk = 2 + random.nextInt(random.nextBoolean() ? 40 : 1000);
      for (int threads : new int[] {1, 2, 7}) {
        CsvResult[] actual = new CsvResult[1];
        Execution execution = threads == 1 ? Execution.here() : Execution.on(executor, threads);
        assertThat(outcome(csv.chunkBytes(chunk), execution, actual))
            .as("chunks of %d, seed %d, file %s", chunk, seed, text)
            .isEqualTo(outcome);
        if (expected[0] != null) {
          assertThat(actual[0].lines())
              .as("chunks of %d, seed %d, file %s", chunk, seed, text)
              .isEqualTo(expected[0].lines());
          TableAssert.assertEqual(actual[0].table(), expected[0].table());
          assertThat(actual[0].rejected())
              .as("chunks of %d, seed %d, file %s", chunk, seed, text)
              .isEqualTo(expected[0].rejected());
          assertThat(actual[0].origin()).isEqualTo(expected[0].origin());
        }
      }
    }
  }

  private Csv numbers(int rows) throws IOException {
    StringBuilder file = new StringBuilder("n,t\n");
    for (int i = 0; i < rows; i++) {
      file.append(i).append(",\"text\nof ").append(i).append("\"\n");
    }
    Path path = CsvResult.write(directory, file.toString().getBytes(StandardCharsets.UTF_8));
    return Csv.file(path).allocator(allocator).chunkBytes(10_000);
  }

  @Test
  void close_early_leavesNothing() throws IOException {
    Csv csv = numbers(20_000);
    for (int tables = 0; tables < 10; tables++) {
      try (SourceReader reader = csv.open(row -> {}, Execution.on(executor, 4))) {
        for (int i = 0; i < tables; i++) {
          assertThat(reader.next()).isNotNull();
        }
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void next_cancelled_ends() throws IOException {
    Csv csv = numbers(20_000);
    AtomicInteger asked = new AtomicInteger();
    Execution execution =
        Execution.on(executor, 4).withCancellation(() -> asked.incrementAndGet() > 20);
    try (SourceReader reader = csv.as(csv.schema()).open(row -> {}, execution)) {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(
              () -> {
                while (reader.next() != null) {
                  // Read on.
                }
              });
    }
  }

  /** An executor that never runs anything, or refuses, makes it slower but not stuck. */
  @Test
  void read_executorThatDoesNotHelp_isTheSame() throws IOException {
    Csv csv = numbers(5_000);
    CsvResult expected = CsvResult.read(csv);
    CsvResult idle = CsvResult.read(csv, Execution.on(task -> {}, 4));
    TableAssert.assertEqual(idle.table(), expected.table());
    CsvResult refused =
        CsvResult.read(
            csv,
            Execution.on(
                task -> {
                  throw new RejectedExecutionException();
                },
                4));
    TableAssert.assertEqual(refused.table(), expected.table());
    CsvResult inline = CsvResult.read(csv, Execution.on(Runnable::run, 4));
    TableAssert.assertEqual(inline.table(), expected.table());
  }

  /** However many threads there are, what is read ahead is bounded. */
  @Test
  void next_slowCaller_isNotOverrun() throws Exception {
    Csv csv = numbers(100_000);
    try (SourceReader reader = csv.as(csv.schema()).open(row -> {}, Execution.on(executor, 4))) {
      long most = 0;
      while (reader.next() != null) {
        most = Math.max(most, allocator.getAllocatedMemory());
      }
      assertThat(most).isLessThan(20 * 20_000);
    }
  }
}
