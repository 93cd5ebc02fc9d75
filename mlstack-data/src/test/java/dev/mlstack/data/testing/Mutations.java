package dev.mlstack.data.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.columnar.ColumnarSource;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DataException;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.apache.arrow.memory.RootAllocator;

/** Damages files at random and reads them. */
public final class Mutations {

  private static final byte[][] SPECIAL = {
    {-1, -1, -1, -1}, {0, 0, 0, 0}, {-1, -1, -1, 127}, {0, 0, 0, -128}, {0, 0, 0, 64}, {1, 0, 0, 0}
  };

  private Mutations() {}

  /**
   * Reads damaged copies of a file: whatever happens must be told by a {@link DataException} or an
   * {@link IOException}, and all memory must be given back.
   */
  public static void read(
      byte[] intact, Path copy, Function<Path, ColumnarSource<?>> source, int times, long seed)
      throws IOException {
    for (int i = 0; i < times; i++) {
      Random random = new Random(seed + i);
      Files.write(copy, mutate(intact, random));
      try (RootAllocator allocator = new RootAllocator(1 << 28)) {
        try {
          readAll(source.apply(copy).allocator(allocator).maxRejected(100));
        } catch (DataException | IOException | UncheckedIOException e) {
          assertThat(e.getMessage()).isNotEmpty();
        } catch (RuntimeException | Error e) {
          fail("seed " + seed + " + " + i, e);
        }
        assertThat(allocator.getAllocatedMemory()).isZero();
      }
    }
  }

  private static byte[] mutate(byte[] intact, Random random) {
    if (random.nextInt(20) == 0) {
      return Arrays.copyOf(intact, random.nextInt(intact.length));
    }
    byte[] bytes = intact.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      // Half of the changes hit the end, where the footer is.
      at = random.nextBoolean() ? at : bytes.length - 1 - at / 8;
      if (random.nextBoolean()) {
        bytes[at] = (byte) random.nextInt();
      } else {
        byte[] special = SPECIAL[random.nextInt(SPECIAL.length)];
        int from = Math.min(at, bytes.length - special.length);
        System.arraycopy(special, 0, bytes, from, special.length);
      }
    }
    return bytes;
  }

  private static void readAll(ColumnarSource<?> source) throws IOException {
    int rows = 0;
    try (SourceReader reader = source.open(row -> {}, Execution.here())) {
      for (Table table = reader.next(); table != null && rows < 1 << 20; table = reader.next()) {
        rows += table.rows();
        for (int i = 0; i < table.schema().size(); i++) {
          ColumnData column = table.column(i);
          assertThat(TableAssert.values(column)).hasSize(table.rows());
        }
      }
    }
  }
}
