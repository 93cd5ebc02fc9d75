package dev.mlstack.data.internal;

import dev.mlstack.data.arrow.ArrowColumnBuilder;
import dev.mlstack.data.arrow.CategoryColumnBuilder;
import dev.mlstack.data.arrow.DoubleColumnBuilder;
import dev.mlstack.data.arrow.LongColumnBuilder;
import dev.mlstack.data.arrow.TensorColumnBuilder;
import dev.mlstack.data.arrow.TextColumnBuilder;
import dev.mlstack.schema.FieldType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes values into one column, if it can hold them. Each method sets the value of the current row
 * and returns {@code null}, or returns what is wrong, as one sentence without a full stop. For use
 * by one thread at a time.
 */
public abstract class CellWriter {

  private static final String MISSING = "a value is missing, and the column must have one";
  private static final double TWO_TO_63 = 0x1p63;

  private final ArrowColumnBuilder column;

  CellWriter(ArrowColumnBuilder column) {
    this.column = column;
  }

  /** Returns the writer of a column. */
  public static CellWriter of(ArrowColumnBuilder column) {
    FieldType type = column.field().type();
    if (column instanceof DoubleColumnBuilder doubles) {
      return new Reals(doubles);
    } else if (column instanceof TextColumnBuilder texts) {
      return new Texts(texts);
    } else if (column instanceof CategoryColumnBuilder categories) {
      return new Categories(categories, (FieldType.Category) type);
    } else if (column instanceof TensorColumnBuilder tensors) {
      return new Tensors(tensors);
    } else if (type instanceof FieldType.Date || type instanceof FieldType.Timestamp) {
      return new Moments((LongColumnBuilder) column);
    }
    return new Wholes((LongColumnBuilder) column);
  }

  /** Returns the type of the column. */
  public final FieldType type() {
    return column.field().type();
  }

  /** Takes a missing value. */
  public final @Nullable String missing() {
    column.setNull();
    return column.field().nullable() ? null : MISSING;
  }

  /** Takes a whole number; 0 or 1 for a truth value. */
  public @Nullable String whole(long value) {
    return wrong("a number");
  }

  /** Takes a real number. */
  public @Nullable String real(double value) {
    return wrong("a number");
  }

  /** Takes a date. */
  public @Nullable String date(long days) {
    return wrong("a date");
  }

  /**
   * Takes a moment.
   *
   * @param utc whether it is an instant; otherwise a date and time without a zone
   */
  public @Nullable String timestamp(long micros, boolean utc) {
    return wrong(utc ? "an instant" : "a date and time");
  }

  /**
   * Takes a text.
   *
   * @param utf8 has its bytes in well-formed UTF-8; copied
   * @param from the index of the first
   * @param to the index behind the last
   */
  public @Nullable String text(byte[] utf8, int from, int to) {
    return wrong("a text");
  }

  /** Takes a text. */
  public final @Nullable String text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return hasLoneSurrogate(text)
        ? "half a surrogate pair stands alone in the text"
        : text(utf8, 0, utf8.length);
  }

  /**
   * Takes an array of numbers.
   *
   * @param numbers has the numbers from its start
   * @param count how many there are
   */
  public @Nullable String tensor(float[] numbers, int count) {
    return wrong("an array of numbers");
  }

  final String wrong(String what) {
    return what + " where the column has the type " + type();
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** Truth values and whole numbers. */
  private static final class Wholes extends CellWriter {
    private final LongColumnBuilder column;
    private final long min;
    private final long max;

    Wholes(LongColumnBuilder column) {
      super(column);
      this.column = column;
      boolean flag = type() instanceof FieldType.Bool;
      int unused = flag ? 0 : Long.SIZE - ((FieldType.Int) type()).bits();
      this.min = flag ? 0 : Long.MIN_VALUE >> unused;
      this.max = flag ? 1 : Long.MAX_VALUE >> unused;
    }

    @Override
    public @Nullable String whole(long value) {
      if (value < min || value > max) {
        return min == 0 ? "neither true nor false" : "too large for " + type();
      }
      column.set(value);
      return null;
    }

    @Override
    public @Nullable String real(double value) {
      if (value != Math.rint(value) || Double.isInfinite(value)) {
        return "not a whole number";
      } else if (value < -TWO_TO_63 || value >= TWO_TO_63) {
        return "too large for " + type();
      }
      return whole((long) value);
    }
  }

  /** Real numbers. */
  private static final class Reals extends CellWriter {
    private final DoubleColumnBuilder column;

    Reals(DoubleColumnBuilder column) {
      super(column);
      this.column = column;
    }

    @Override
    public @Nullable String whole(long value) {
      column.set((double) value);
      return null;
    }

    @Override
    public @Nullable String real(double value) {
      column.set(value);
      return null;
    }
  }

  /** Dates and timestamps. */
  private static final class Moments extends CellWriter {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final LongColumnBuilder column;
    private final boolean date;
    private final boolean utc;
    private final Times times = new Times();

    Moments(LongColumnBuilder column) {
      super(column);
      this.column = column;
      this.date = type() instanceof FieldType.Date;
      this.utc = type() instanceof FieldType.Timestamp timestamp && timestamp.utc();
    }

    @Override
    public @Nullable String date(long days) {
      if (days != (int) days) {
        return "too far from 1970 for a date";
      } else if (utc) {
        return wrong("a date");
      }
      column.set(date ? days : days * MICROS_PER_DAY);
      return null;
    }

    @Override
    public @Nullable String timestamp(long micros, boolean instant) {
      if (date || instant != utc) {
        return super.timestamp(micros, instant);
      }
      column.set(micros);
      return null;
    }

    @Override
    public @Nullable String text(byte[] utf8, int from, int to) {
      if (date) {
        return times.readDate(utf8, from, to)
            ? date(times.days())
            : "not a date of the form yyyy-mm-dd";
      } else if (!times.readTimestamp(utf8, from, to)) {
        return "not a timestamp of the form yyyy-mm-ddThh:mm:ss" + (utc ? "Z" : "");
      } else if (utc && !times.hasZone()) {
        return "an instant needs a zone, such as Z; a date and time without one is another type";
      } else if (!utc && times.hasZone()) {
        return "a date and time has no zone; with one it is an instant, which is another type";
      }
      column.set(times.micros());
      return null;
    }
  }

  /** Texts. */
  private static final class Texts extends CellWriter {
    private final TextColumnBuilder column;

    Texts(TextColumnBuilder column) {
      super(column);
      this.column = column;
    }

    @Override
    public @Nullable String text(byte[] utf8, int from, int to) {
      column.set(utf8, from, to - from);
      return null;
    }
  }

  /** Values of a category. */
  private static final class Categories extends CellWriter {
    private final CategoryColumnBuilder column;
    private final Spellings spellings;

    Categories(CategoryColumnBuilder column, FieldType.Category category) {
      super(column);
      this.column = column;
      this.spellings = new Spellings(category.values());
    }

    @Override
    public @Nullable String text(byte[] utf8, int from, int to) {
      int code = spellings.code(utf8, from, to);
      if (code < 0) {
        return "none of " + spellings.values();
      }
      column.set(code);
      return null;
    }
  }

  /** Tensors. */
  private static final class Tensors extends CellWriter {
    private final TensorColumnBuilder column;
    private final int size;

    Tensors(TensorColumnBuilder column) {
      super(column);
      this.column = column;
      this.size = ((FieldType.Tensor) type()).size();
    }

    @Override
    public @Nullable String tensor(float[] numbers, int count) {
      if (count != size) {
        return count + " numbers where a " + type() + " has " + size;
      }
      column.set(numbers, 0);
      return null;
    }
  }
}
