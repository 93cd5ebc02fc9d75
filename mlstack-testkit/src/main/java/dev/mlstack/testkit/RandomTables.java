package dev.mlstack.testkit;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables of random values, among them many of those that break things: missing ones, zeros of
 * both signs, NaN, infinities, the smallest and the largest numbers of each type, numbers that no
 * {@code double} holds exactly, empty texts, texts with quotes, line breaks and characters beyond
 * 16 bits.
 */
public final class RandomTables {

  private static final double[] NASTY_REALS = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Float.MIN_VALUE,
    Float.MAX_VALUE,
    0x1.ffffffp127,
    0.1,
    1e-300,
    9007199254740992.0
  };

  private static final List<String> NASTY_TEXTS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "a ",
          "0",
          "-0",
          "1",
          "007",
          "true",
          "false",
          "null",
          "NaN",
          "unknown",
          "(other)",
          "(missing)",
          "'(other)'",
          "a=b",
          "say \"hi\"",
          "two\nlines\ttab\\",
          "\u0000",
          "é",
          "e\u0301",
          "日本",
          "\uD83D\uDE00",
          "\uFFFD",
          "x".repeat(300));

  private static final long[] NASTY_WHOLES = {
    0,
    1,
    -1,
    2,
    10,
    127,
    -128,
    32767,
    2147483647L,
    9007199254740993L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random;
  private final Map<String, List<String>> words;

  private RandomTables(long seed, Map<String, List<String>> words) {
    this.random = new Random(seed);
    this.words = words;
  }

  /** Returns the seed given by {@code -Dmlstack.seed=}, or another one each time. */
  public static long seed() {
    Long given = Long.getLong("mlstack.seed");
    return given == null ? ThreadLocalRandom.current().nextLong() : given;
  }

  /** Returns a schema with one column of each type, whose values may be missing. */
  public static Schema everyType() {
    return Schema.of(
        Field.of("flag", FieldType.BOOL),
        Field.of("tiny", new FieldType.Int(8)),
        Field.of("short", new FieldType.Int(16)),
        Field.of("int", FieldType.INT32),
        Field.of("long", FieldType.INT64),
        Field.of("float", FieldType.FLOAT32),
        Field.of("double", FieldType.FLOAT64),
        Field.of("text", FieldType.TEXT),
        Field.of("color", FieldType.category(List.of("red", "green", "blue"))),
        Field.of("day", FieldType.DATE),
        Field.of("instant", FieldType.INSTANT),
        Field.of("time", FieldType.LOCAL_DATE_TIME),
        Field.of("pixels", FieldType.tensor(2, 3)));
  }

  /** Returns a table of random values. */
  public static Table of(Schema schema, int rows, long seed) {
    return of(schema, rows, seed, Map.of());
  }

  /**
   * Returns a table of random values.
   *
   * @param words texts that shall be frequent, by the names of columns of type text or int
   */
  public static Table of(Schema schema, int rows, long seed, Map<String, List<String>> words) {
    return boxed(schema, rows, seed, words);
  }

  static BoxedTable boxed(Schema schema, int rows, long seed, Map<String, List<String>> words) {
    return new RandomTables(seed, words).table(schema, rows);
  }

  private BoxedTable table(Schema schema, int rows) {
    long[] rowIds = random.longs(rows).toArray();
    List<@Nullable Object[]> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      @Nullable Object[] values = new Object[rows];
      double missing = field.nullable() ? random.nextInt(3) * 0.1 : 0;
      Arrays.setAll(values, row -> random.nextDouble() < missing ? null : value(field));
      columns.add(values);
    }
    return new BoxedTable(schema, rowIds, columns);
  }

  private Object value(Field field) {
    FieldType type = field.type();
    if (type instanceof FieldType.Bool) {
      return (long) random.nextInt(2);
    } else if (type instanceof FieldType.Int integer) {
      return whole(integer.bits(), words.getOrDefault(field.name(), List.of()));
    } else if (type instanceof FieldType.Real real) {
      return real.bits() == Float.SIZE ? (double) (float) real() : real();
    } else if (type instanceof FieldType.Text) {
      return text(words.getOrDefault(field.name(), List.of()));
    } else if (type instanceof FieldType.Category category) {
      return random.nextInt(category.values().size());
    } else if (type instanceof FieldType.Date) {
      return whole(Integer.SIZE, List.of());
    } else if (type instanceof FieldType.Timestamp) {
      return whole(Long.SIZE, List.of());
    }
    float[] tensor = new float[((FieldType.Tensor) type).size()];
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = (float) real();
    }
    return tensor;
  }

  private double real() {
    return switch (random.nextInt(4)) {
      case 0 -> NASTY_REALS[random.nextInt(NASTY_REALS.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> random.nextInt(10);
      default -> random.nextGaussian();
    };
  }

  private long whole(int bits, List<String> known) {
    int unused = Long.SIZE - bits;
    long any =
        switch (random.nextInt(4)) {
          case 0 -> NASTY_WHOLES[random.nextInt(NASTY_WHOLES.length)];
          case 1 -> random.nextLong();
          default -> random.nextInt(10);
        };
    return !known.isEmpty() && random.nextBoolean()
        ? Long.parseLong(known.get(random.nextInt(known.size())))
        : any << unused >> unused;
  }

  private String text(List<String> known) {
    if (!known.isEmpty() && random.nextBoolean()) {
      return known.get(random.nextInt(known.size()));
    }
    return random.nextInt(5) == 0
        ? Long.toString(random.nextLong(), Character.MAX_RADIX)
        : NASTY_TEXTS.get(random.nextInt(NASTY_TEXTS.size()));
  }
}
