package dev.mlstack.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.testkit.RandomTables;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged bytes are refused with {@code IllegalArgumentException} or read as some column, but never
 * fail in another way and never make the reader ask for memory that the bytes do not justify.
 */
class DamagedBytesTest {

  private static final int ATTEMPTS = Boolean.getBoolean("mlstack.exhaustive") ? 200_000 : 2000;

  static Stream<Field> fields() {
    return RoundTripTest.fields().filter(field -> !field.name().equals("very many"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void columns(Field field) {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    for (int i = 0; i < ATTEMPTS; i++) {
      ColumnData column =
          RandomTables.of(Schema.of(field), random.nextInt(12), random.nextLong()).column(0);
      byte[] damaged = damage(ColumnCodec.encode(column), random);
      check(seed, damaged, () -> readAll(field, damaged));
    }
  }

  @Test
  void tables() {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    for (int i = 0; i < ATTEMPTS; i++) {
      byte[] bytes =
          TableCodec.encode(
              RandomTables.of(RandomTables.everyType(), random.nextInt(4), random.nextLong()));
      byte[] damaged = damage(bytes, random);
      check(seed, damaged, () -> TableCodec.encode(TableCodec.decode(damaged)));
    }
  }

  private static void check(long seed, byte[] damaged, Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new AssertionError("seed " + seed + ", bytes " + HexFormat.of().formatHex(damaged), e);
    }
  }

  private static void readAll(Field field, byte[] bytes) {
    EncodedColumn encoded = new EncodedColumn(field, bytes);
    ColumnData column = encoded.toColumn();
    assertThat(column.rows()).isLessThanOrEqualTo(bytes.length);
    for (int row = 0; row < column.rows(); row++) {
      assertThat(column.isNull(row)).isEqualTo(encoded.isNull(row));
    }
    ColumnCodec.encode(column);
  }

  /** Cuts, grows, or changes some bytes, the numbers at the start more often than others. */
  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    switch (random.nextInt(4)) {
      case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      case 1 -> damaged = Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(8));
      case 2 -> damaged[random.nextInt(Math.min(16, damaged.length))] = (byte) random.nextInt();
      default -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return damaged;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "float64 | 010000                             | has no header",
        "float64 | ffffffff 00                        | has a negative number of rows",
        "float64 | 00000000 04                        | has unknown flags",
        "float64 | ffffff7f 01 00                     | is cut short",
        "float64 | ffffff7f 00                        | has not as many bytes as its rows need",
        "float64 | 01000000 02 000000000000f03f       | has a dictionary, which only texts have",
        "float64 | 01000000 00 000000000000f03f 00    | has not as many bytes as its rows need",
        "bool    | 01000000 00 02                     | has a truth value above 1",
        "one of  | 01000000 00 03                     | has a code without a value",
        "text    | 01000000 00 00000000               | is cut short",
        "text    | 01000000 00 00000000 05000000 61   | is cut short",
        "text    | 01000000 00 01000000 01000000 61   | has offsets that do not ascend from 0",
        "text    | 01000000 00 00000000 ffffffff      | has offsets that do not ascend from 0",
        "text    | 02000000 02 ffffff7f               | has a dictionary of an impossible size",
        "text    | 01000000 02 01000000 00000000 01000000 61 01 | has a code without a value",
        "text    | 01000000 02 00000000 00000000 00   | has a code without a value"
      })
  void message(String type, String hex, String message) {
    Field field =
        RandomTables.everyType().fields().stream()
            .filter(f -> f.type().toString().startsWith(type))
            .findFirst()
            .orElseThrow();
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> new EncodedColumn(field, bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column '" + field.name() + "'")
        .hasMessageEndingWith(message);
  }

  @Test
  void tableWhoseColumnsDifferInLength_isRefused() {
    Schema schema = Schema.of(Field.of("x", FieldType.BOOL));
    byte[] two = TableCodec.encode(MemoryTable.builder(schema).add(1, true).add(2, true).build());
    byte[] one = TableCodec.encode(MemoryTable.builder(schema).add(1, true).build());
    byte[] column = ColumnCodec.encode(TableCodec.decode(one).column(0));
    byte[] mixed = Arrays.copyOf(two, two.length - 1);
    System.arraycopy(new byte[] {(byte) column.length}, 0, mixed, two.length - 11, 1);
    System.arraycopy(column, 0, mixed, two.length - 7, column.length);
    assertThatThrownBy(() -> TableCodec.decode(mixed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 'x' has 1 rows but there are 2");
  }
}
