package dev.mlstack.core.profile;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Tables with a column of every type, and with every kind of distribution. */
final class RandomTables {

  static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("uniform", FieldType.FLOAT64),
          Field.of("zeros", FieldType.FLOAT64),
          Field.of("float", FieldType.FLOAT32),
          Field.of("few", FieldType.FLOAT64),
          Field.of("constant", FieldType.INT32),
          Field.of("flag", FieldType.BOOL),
          Field.of("count", FieldType.INT64),
          Field.of("day", FieldType.DATE),
          Field.of("instant", FieldType.INSTANT),
          Field.of("time", FieldType.LOCAL_DATE_TIME),
          Field.of("never", FieldType.FLOAT64),
          Field.of("color", FieldType.category(List.of("red", "green", "blue", "grey"))),
          Field.of("word", FieldType.TEXT),
          Field.of("image", FieldType.tensor(2, 2)),
          Field.of("note", FieldType.TEXT).withRole(Role.NOTE),
          Field.of("target", FieldType.FLOAT64).withRole(Role.LABEL));

  private RandomTables() {}

  static MemoryTable of(long seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryTable.Builder table = MemoryTable.builder(SCHEMA);
    for (int i = 0; i < rows; i++) {
      table.add(i, row(random, i));
    }
    return table.build();
  }

  private static @Nullable Object[] row(SplittableRandom random, long id) {
    long micros = random.nextLong(1L << 50);
    Instant instant = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
    float[] image = {random.nextInt(10), 0.5f, -1, random.nextInt(3)};
    return new @Nullable Object[] {
      id,
      sometimes(random, random.nextDouble(-5, 5)),
      random.nextInt(10) < 7 ? (random.nextBoolean() ? 0.0 : -0.0) : random.nextDouble(9),
      (float) random.nextInt(100) / 7,
      random.nextInt(12) / 4.0,
      7,
      sometimes(random, random.nextBoolean()),
      sometimes(random, (long) (1 / (random.nextDouble() + 1e-6))),
      LocalDate.ofEpochDay(random.nextInt(20_000)),
      instant,
      sometimes(random, LocalDateTime.ofInstant(instant, ZoneOffset.UTC)),
      random.nextBoolean() ? null : Double.NaN,
      sometimes(random, List.of("red", "green", "blue").get(random.nextInt(3))),
      sometimes(random, "w" + (int) (100 * random.nextDouble() * random.nextDouble())),
      sometimes(random, image),
      "note " + id,
      random.nextDouble()
    };
  }

  private static @Nullable Object sometimes(SplittableRandom random, Object value) {
    return random.nextInt(20) == 0 ? null : value;
  }
}
