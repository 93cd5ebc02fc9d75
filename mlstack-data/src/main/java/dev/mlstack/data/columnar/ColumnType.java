package dev.mlstack.data.columnar;

import java.util.List;

/**
 * The type of a column in a file, and with it the form in which a {@link RawColumn} has its values.
 */
public sealed interface ColumnType {

  /** Returns how many bytes a value takes in a {@link RawColumn}; -1 if that depends on it. */
  int width();

  /** Truth values, a byte each, 0 or 1. */
  record Bool() implements ColumnType {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public String toString() {
      return "bool";
    }
  }

  /**
   * Whole numbers.
   *
   * @param bits 8, 16, 32 or 64
   * @param signed whether they have a sign
   */
  record Int(int bits, boolean signed) implements ColumnType {
    @Override
    public int width() {
      return bits / Byte.SIZE;
    }

    @Override
    public String toString() {
      return (signed ? "int" : "uint") + bits;
    }
  }

  /**
   * Floating-point numbers (IEEE 754).
   *
   * @param bits 16, 32 or 64
   */
  record Real(int bits) implements ColumnType {
    @Override
    public int width() {
      return bits / Byte.SIZE;
    }

    @Override
    public String toString() {
      return "float" + bits;
    }
  }

  /** Texts, whose bytes should be UTF-8 but are not checked yet. */
  record Text() implements ColumnType {
    @Override
    public int width() {
      return -1;
    }

    @Override
    public String toString() {
      return "text";
    }
  }

  /** Bytes of any number. */
  record Binary() implements ColumnType {
    @Override
    public int width() {
      return -1;
    }

    @Override
    public String toString() {
      return "binary";
    }
  }

  /**
   * Bytes of a fixed number.
   *
   * @param width how many
   * @param uuid whether they are a UUID (RFC 9562)
   */
  record FixedBinary(int width, boolean uuid) implements ColumnType {
    @Override
    public String toString() {
      return uuid ? "uuid" : "fixed-size binary[" + width + "]";
    }
  }

  /**
   * Dates.
   *
   * @param millis whether they are counted in milliseconds of 64 bits, or in days of 32
   */
  record Date(boolean millis) implements ColumnType {
    @Override
    public int width() {
      return millis ? Long.BYTES : Integer.BYTES;
    }

    @Override
    public String toString() {
      return millis ? "date64" : "date32";
    }
  }

  /**
   * Points in time, counted in 64 bits from 1970-01-01T00:00.
   *
   * @param unit in what they are counted
   * @param utc whether they are instants
   */
  record Timestamp(Unit unit, boolean utc) implements ColumnType {
    @Override
    public int width() {
      return Long.BYTES;
    }

    @Override
    public String toString() {
      return "timestamp[" + unit + (utc ? ", UTC]" : "]");
    }
  }

  /**
   * Times of day and durations, which have no type of ours.
   *
   * @param what {@code time} or {@code duration}
   * @param unit in what they are counted
   * @param bits 32 or 64
   */
  record Span(String what, Unit unit, int bits) implements ColumnType {
    @Override
    public int width() {
      return bits / Byte.SIZE;
    }

    @Override
    public String toString() {
      return what + "[" + unit + "]";
    }
  }

  /**
   * Decimal numbers, as the whole numbers that they are times a power of ten.
   *
   * @param bits 32, 64, 128 or 256, in two's complement, little-endian
   * @param precision how many digits they have at most
   * @param scale how many digits stand behind the point
   */
  record Decimal(int bits, int precision, int scale) implements ColumnType {
    @Override
    public int width() {
      return bits / Byte.SIZE;
    }

    @Override
    public String toString() {
      return "decimal(" + precision + ", " + scale + ")";
    }
  }

  /**
   * Lists of floating-point numbers, all of one size.
   *
   * @param shape the size of each dimension
   * @param bits 16, 32 or 64
   */
  record Tensor(List<Integer> shape, int bits) implements ColumnType {
    /** Copies the shape. */
    public Tensor {
      shape = List.copyOf(shape);
    }

    /** Returns how many numbers a value has. */
    public int size() {
      return Math.toIntExact(shape.stream().mapToLong(length -> length).reduce(1, (a, b) -> a * b));
    }

    @Override
    public int width() {
      return Math.multiplyExact(size(), bits / Byte.SIZE);
    }

    @Override
    public String toString() {
      return "list of " + size() + " float" + bits;
    }
  }

  /**
   * Lists of floating-point numbers of any size: the bytes of all numbers.
   *
   * @param bits 16, 32 or 64
   */
  record Numbers(int bits) implements ColumnType {
    @Override
    public int width() {
      return -1;
    }

    @Override
    public String toString() {
      return "list of float" + bits;
    }
  }

  /** Nothing: every value is missing. */
  record Nothing() implements ColumnType {
    @Override
    public int width() {
      return 0;
    }

    @Override
    public String toString() {
      return "null";
    }
  }

  /**
   * What cannot be read.
   *
   * @param what what it is
   */
  record Unsupported(String what) implements ColumnType {
    @Override
    public int width() {
      return 0;
    }

    @Override
    public String toString() {
      return what;
    }
  }

  /** In what time is counted. */
  enum Unit {
    /** Seconds. */
    SECOND("s", 1_000_000, 1),
    /** Milliseconds. */
    MILLISECOND("ms", 1000, 1),
    /** Microseconds. */
    MICROSECOND("us", 1, 1),
    /** Nanoseconds. */
    NANOSECOND("ns", 1, 1000);

    private final String symbol;
    private final long factor;
    private final long divisor;

    Unit(String symbol, long factor, long divisor) {
      this.symbol = symbol;
      this.factor = factor;
      this.divisor = divisor;
    }

    /** Returns how many microseconds a unit has; 1 if it has less. */
    long factor() {
      return factor;
    }

    /** Returns how many units a microsecond has; 1 if it has less. */
    long divisor() {
      return divisor;
    }

    @Override
    public String toString() {
      return symbol;
    }
  }
}
