package dev.mlstack.parquet;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tables with random values of every type. */
final class RandomTables {

  private static final List<String> COLOURS = List.of("red", "GREEN", "Blé", "light-blue");

  private RandomTables() {}

  /** Returns one type of each kind and width. */
  static List<FieldType> types() {
    return List.of(
        FieldType.BOOL,
        new FieldType.Int(8),
        new FieldType.Int(16),
        FieldType.INT32,
        FieldType.INT64,
        FieldType.FLOAT32,
        FieldType.FLOAT64,
        FieldType.TEXT,
        FieldType.category(COLOURS),
        FieldType.category(IntStream.range(0, 300).mapToObj(i -> "c" + i).toList()),
        FieldType.DATE,
        FieldType.INSTANT,
        FieldType.LOCAL_DATE_TIME,
        FieldType.tensor(2, 3),
        FieldType.tensor());
  }

  /** Returns a schema with one column of each type, and one more that is required. */
  static Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (FieldType type : types()) {
      fields.add(Field.of("c" + fields.size(), type));
    }
    fields.add(Field.of("required", FieldType.INT32).required());
    return Schema.of(fields);
  }

  /** Returns a table of random rows. */
  static MemoryTable table(Schema schema, int rows, double missing, Random random) {
    MemoryTable.Builder builder = MemoryTable.builder(schema);
    for (int row = 0; row < rows; row++) {
      builder.add(random.nextLong(), row(schema, missing, random));
    }
    return builder.build();
  }

  /** Returns the values of a random row, as {@link MemoryTable.Builder} takes them. */
  static @Nullable Object[] row(Schema schema, double missing, Random random) {
    @Nullable Object[] values = new Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      Field field = schema.field(i);
      boolean none = field.nullable() && random.nextDouble() < missing;
      values[i] = none ? null : value(field.type(), random);
    }
    return values;
  }

  private static Object value(FieldType type, Random random) {
    if (type instanceof FieldType.Bool) {
      return random.nextBoolean();
    } else if (type instanceof FieldType.Int integer) {
      return random.nextLong() >> (Long.SIZE - integer.bits());
    } else if (type instanceof FieldType.Real real) {
      return real.bits() == Float.SIZE ? (Object) (float) real(random) : real(random);
    } else if (type instanceof FieldType.Text) {
      return text(random);
    } else if (type instanceof FieldType.Category category) {
      return category.values().get(random.nextInt(category.values().size()));
    } else if (type instanceof FieldType.Date) {
      return LocalDate.ofEpochDay(random.nextInt(1_000_000) - 500_000);
    } else if (type instanceof FieldType.Timestamp timestamp) {
      long micros = random.nextLong() >> 8;
      return timestamp.utc() ? instant(micros) : dateTime(micros);
    }
    float[] numbers = new float[((FieldType.Tensor) type).size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) real(random);
    }
    return numbers;
  }

  private static Instant instant(long micros) {
    return FieldType.Timestamp.instant(micros);
  }

  private static LocalDateTime dateTime(long micros) {
    return FieldType.Timestamp.dateTime(micros);
  }

  private static double real(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> 0.0;
      case 1 -> -0.0;
      case 2 -> Double.NaN;
      // A NaN with another payload.
      case 3 -> Double.longBitsToDouble(0x7ff8_0000_0000_1234L);
      case 4 -> Double.NEGATIVE_INFINITY;
      case 5 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextGaussian();
    };
  }

  private static String text(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> "common";
      case 2 -> "žluť 🐎 " + random.nextInt(10);
      case 3 -> "x".repeat(random.nextInt(40));
      default -> Long.toString(random.nextLong(), 36);
    };
  }
}
