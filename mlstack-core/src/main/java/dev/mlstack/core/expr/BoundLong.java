package dev.mlstack.core.expr;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;

/** An expression of times, or of whole numbers all bits of which count. */
abstract class BoundLong {

  abstract boolean isMissing(Row row);

  /** Returns the value of a row that is not missing. */
  abstract long of(Row row);

  /** Computes a block of at most {@link Blocks#ROWS} rows. */
  abstract Block block(Table table, int from, int count);

  /**
   * The values of a block.
   *
   * @param values 0 where missing
   * @param missing which are missing
   */
  record Block(long[] values, boolean[] missing) {}

  /** The values of a column as they are. */
  static final class Column extends BoundLong {
    private final int field;

    Column(int field) {
      this.field = field;
    }

    @Override
    boolean isMissing(Row row) {
      return row.isNull(field);
    }

    @Override
    long of(Row row) {
      return row.integer(field);
    }

    @Override
    Block block(Table table, int from, int count) {
      LongColumn column = (LongColumn) table.column(field);
      long[] values = new long[count];
      boolean[] missing = new boolean[count];
      column.read(from, count, values, 0);
      for (int i = 0; column.hasNulls() && i < count; i++) {
        missing[i] = column.isNull(from + i);
      }
      return new Block(values, missing);
    }
  }

  /** Dates as the microseconds of their midnights. */
  static final class Dates extends BoundLong {
    private static final long MICROS = 86_400_000_000L;
    private static final long MAX_DAYS = Long.MAX_VALUE / MICROS;

    private final Column days;

    Dates(int field) {
      this.days = new Column(field);
    }

    /** Tells whether the microseconds of a day do not fit. */
    private static boolean isFar(long day) {
      return day < -MAX_DAYS || day > MAX_DAYS;
    }

    @Override
    boolean isMissing(Row row) {
      return days.isMissing(row) || isFar(days.of(row));
    }

    @Override
    long of(Row row) {
      return days.of(row) * MICROS;
    }

    @Override
    Block block(Table table, int from, int count) {
      Block block = days.block(table, from, count);
      for (int i = 0; i < count; i++) {
        boolean far = isFar(block.values[i]);
        block.missing[i] |= far;
        block.values[i] = far ? 0 : block.values[i] * MICROS;
      }
      return block;
    }
  }

  /** A constant. */
  static final class Constant extends BoundLong {
    private final long value;

    Constant(long value) {
      this.value = value;
    }

    @Override
    boolean isMissing(Row row) {
      return false;
    }

    @Override
    long of(Row row) {
      return value;
    }

    @Override
    Block block(Table table, int from, int count) {
      long[] values = new long[count];
      java.util.Arrays.fill(values, value);
      return new Block(values, new boolean[count]);
    }
  }

  /** A value, or another where it is missing. */
  static final class IfMissing extends BoundLong {
    private final BoundLong value;
    private final BoundLong other;

    IfMissing(BoundLong value, BoundLong other) {
      this.value = value;
      this.other = other;
    }

    @Override
    boolean isMissing(Row row) {
      return value.isMissing(row) && other.isMissing(row);
    }

    @Override
    long of(Row row) {
      return value.isMissing(row) ? other.of(row) : value.of(row);
    }

    @Override
    Block block(Table table, int from, int count) {
      Block block = value.block(table, from, count);
      Block others = other.block(table, from, count);
      for (int i = 0; i < count; i++) {
        if (block.missing[i]) {
          block.values[i] = others.values[i];
          block.missing[i] = others.missing[i];
        }
      }
      return block;
    }
  }

  /** One of two values. */
  static final class If extends BoundLong {
    private final BoundTruth condition;
    private final BoundLong then;
    private final BoundLong otherwise;

    If(BoundTruth condition, BoundLong then, BoundLong otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    private BoundLong chosen(Row row) {
      return condition.of(row) == BoundTruth.TRUE ? then : otherwise;
    }

    @Override
    boolean isMissing(Row row) {
      return chosen(row).isMissing(row);
    }

    @Override
    long of(Row row) {
      return chosen(row).of(row);
    }

    @Override
    Block block(Table table, int from, int count) {
      byte[] which = condition.block(table, from, count);
      Block block = then.block(table, from, count);
      Block others = otherwise.block(table, from, count);
      for (int i = 0; i < count; i++) {
        if (which[i] != BoundTruth.TRUE) {
          block.values[i] = others.values[i];
          block.missing[i] = others.missing[i];
        }
      }
      return block;
    }
  }

  /** Returns the values of a column of times. */
  static BoundLong ofTimes(FieldType type, int field) {
    return type instanceof FieldType.Date ? new Dates(field) : new Column(field);
  }
}
