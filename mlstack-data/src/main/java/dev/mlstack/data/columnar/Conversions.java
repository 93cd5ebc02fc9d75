package dev.mlstack.data.columnar;

import dev.mlstack.schema.FieldType;
import org.jspecify.annotations.Nullable;

/** Which types become which. */
final class Conversions {

  private Conversions() {}

  /**
   * Returns the type that a column gets if nobody says another; {@code null} if it has to be said,
   * or cannot be read at all.
   */
  static @Nullable FieldType natural(ColumnType type) {
    if (type instanceof ColumnType.Bool) {
      return FieldType.BOOL;
    } else if (type instanceof ColumnType.Int whole) {
      int bits = whole.signed() ? whole.bits() : Math.min(2 * whole.bits(), Long.SIZE);
      return new FieldType.Int(bits);
    } else if (type instanceof ColumnType.Real real) {
      return real.bits() == Double.SIZE ? FieldType.FLOAT64 : FieldType.FLOAT32;
    } else if (type instanceof ColumnType.Date) {
      return FieldType.DATE;
    } else if (type instanceof ColumnType.Timestamp timestamp) {
      return new FieldType.Timestamp(timestamp.utc());
    } else if (type instanceof ColumnType.Tensor tensor && tensor.bits() <= Float.SIZE) {
      return new FieldType.Tensor(tensor.shape());
    }
    return isTextual(type) ? FieldType.TEXT : null;
  }

  private static boolean isTextual(ColumnType type) {
    return type instanceof ColumnType.Text
        || type instanceof ColumnType.Nothing
        || (type instanceof ColumnType.FixedBinary fixed && fixed.uuid());
  }

  /** Returns what to do about a column that has no natural type. */
  static String advice(ColumnType type) {
    if (type instanceof ColumnType.Decimal) {
      return "say .type(…, FieldType.FLOAT64) for the nearest numbers of 64 bits,"
          + " or FieldType.INT64 if it has whole ones only";
    } else if (type instanceof ColumnType.Span span) {
      return "say .type(…, FieldType.INT64) for its count of " + span.unit();
    } else if (type instanceof ColumnType.Binary || type instanceof ColumnType.FixedBinary) {
      return "say .type(…, FieldType.TEXT) if it is text in UTF-8";
    } else if (type instanceof ColumnType.Tensor || type instanceof ColumnType.Numbers) {
      return "say .type(…, FieldType.tensor(…)) if all its lists have the size of that tensor";
    }
    return "leave it out with .without(…), or name the columns to read with .columns(…)";
  }

  /**
   * Returns the conversion from one type to another; {@code null} if there is none.
   *
   * @param cutNanos whether parts of a microsecond are cut off, or make a value bad
   */
  static @Nullable Conversion of(ColumnType from, FieldType to, boolean cutNanos) {
    if (from instanceof ColumnType.Nothing) {
      return new NothingConversion(to);
    } else if (to instanceof FieldType.Bool) {
      return from instanceof ColumnType.Bool ? new BoolConversion() : null;
    } else if (to instanceof FieldType.Int whole) {
      return toInt(from, whole);
    } else if (to instanceof FieldType.Real real) {
      return toReal(from, real.bits() / Byte.SIZE);
    } else if (to instanceof FieldType.Text) {
      return toText(from);
    } else if (to instanceof FieldType.Category category) {
      return from instanceof ColumnType.Text ? new CategoryConversion(category.values()) : null;
    } else if (to instanceof FieldType.Tensor tensor) {
      return toTensor(from, tensor.size());
    }
    return toTime(from, to, cutNanos);
  }

  private static @Nullable Conversion toInt(ColumnType from, FieldType.Int to) {
    if (from instanceof ColumnType.Int whole) {
      boolean same = whole.signed() && whole.bits() == to.bits();
      return same ? new CopyConversion(whole.width()) : new IntConversion(whole, to);
    } else if (from instanceof ColumnType.Real real) {
      return new RealToIntConversion(real.width(), to);
    } else if (from instanceof ColumnType.Decimal decimal) {
      return new DecimalConversion.ToInt(decimal, to);
    } else if (from instanceof ColumnType.Span span && to.equals(FieldType.INT64)) {
      return new IntConversion(new ColumnType.Int(span.bits(), /* signed= */ true), to);
    }
    return null;
  }

  private static @Nullable Conversion toReal(ColumnType from, int width) {
    if (from instanceof ColumnType.Real real) {
      return real.width() == width
          ? new CopyConversion(width)
          : new RealConversion.OfReal(real.width(), width);
    } else if (from instanceof ColumnType.Int whole) {
      return new RealConversion.OfInt(whole, width);
    }
    return from instanceof ColumnType.Decimal decimal
        ? new DecimalConversion.ToReal(decimal, width)
        : null;
  }

  private static @Nullable Conversion toText(ColumnType from) {
    if (from instanceof ColumnType.Text || from instanceof ColumnType.Binary) {
      return new TextConversion();
    } else if (from instanceof ColumnType.FixedBinary fixed) {
      return fixed.uuid() ? new FixedTextConversion.Uuid() : new FixedTextConversion(fixed.width());
    }
    return null;
  }

  private static @Nullable Conversion toTensor(ColumnType from, int size) {
    if (from instanceof ColumnType.Tensor tensor && tensor.size() == size) {
      return tensor.bits() == Float.SIZE
          ? new CopyConversion(tensor.width())
          : new TensorConversion(tensor.bits() / Byte.SIZE, size);
    }
    return from instanceof ColumnType.Numbers numbers
        ? new TensorConversion.OfLists(numbers.bits() / Byte.SIZE, size)
        : null;
  }

  private static @Nullable Conversion toTime(ColumnType from, FieldType to, boolean cutNanos) {
    if (from instanceof ColumnType.Date date && to instanceof FieldType.Date) {
      return date.millis() ? new MillisToDateConversion() : new CopyConversion(Integer.BYTES);
    } else if (from instanceof ColumnType.Timestamp time
        && to.equals(new FieldType.Timestamp(time.utc()))) {
      return time.unit() == ColumnType.Unit.MICROSECOND
          ? new CopyConversion(Long.BYTES)
          : new TimeConversion(time.unit(), cutNanos);
    }
    return null;
  }
}
