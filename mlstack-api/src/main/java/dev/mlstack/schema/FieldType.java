package dev.mlstack.schema;

import dev.mlstack.store.Value;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * The type of the values of a field. Whether values may be missing is said by the {@link Field}.
 *
 * <p>The set is closed; each type says itself how it is written into a document.
 */
// No default methods here: with them, initialising a subtype would initialise this interface, whose
// constants are subtypes, and two threads could wait for each other.
public sealed interface FieldType {

  /** True or false. */
  FieldType BOOL = new Bool();

  /** Whole numbers of 32 bits. */
  FieldType INT32 = new Int(32);

  /** Whole numbers of 64 bits. */
  FieldType INT64 = new Int(64);

  /** Floating-point numbers of 32 bits. */
  FieldType FLOAT32 = new Real(32);

  /** Floating-point numbers of 64 bits. */
  FieldType FLOAT64 = new Real(64);

  /** Text of any length. */
  FieldType TEXT = new Text();

  /** Days of the calendar. */
  FieldType DATE = new Date();

  /** Instants, that is moments on the time line in UTC. */
  FieldType INSTANT = new Timestamp(true);

  /** Date and time of day, without a zone. */
  FieldType LOCAL_DATE_TIME = new Timestamp(false);

  /** Returns the type of texts that are one of a closed list, such as the constants of an enum. */
  static FieldType category(List<String> values) {
    return new Category(values);
  }

  /** Returns the type of arrays of 32-bit floating-point numbers with a fixed shape. */
  static FieldType tensor(int... shape) {
    return new Tensor(Arrays.stream(shape).boxed().toList());
  }

  /** Returns the document that describes this type. */
  Value toValue();

  /** Tells whether values are numbers: truth values, whole or real ones. */
  boolean isNumeric();

  /**
   * Returns the type that a document describes.
   *
   * @throws IllegalArgumentException if it describes none
   */
  static FieldType fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    String name = doc.text("type");
    return switch (name) {
      case "bool" -> BOOL;
      case "int" -> new Int(size(doc.get("bits")));
      case "real" -> new Real(size(doc.get("bits")));
      case "text" -> TEXT;
      case "category" -> new Category(doc.texts("values"));
      case "date" -> DATE;
      case "timestamp" -> new Timestamp(doc.flag("utc"));
      case "tensor" -> new Tensor(doc.items("shape").stream().map(FieldType::size).toList());
      default -> throw new IllegalArgumentException("there is no field type '" + name + "'");
    };
  }

  private static int size(Value value) {
    long size = value.asWhole();
    if (size != (int) size) {
      throw new IllegalArgumentException("a size must fit into 32 bits but was " + size);
    }
    return (int) size;
  }

  private static Value.Doc.Builder named(String name) {
    return Value.doc().put("type", name);
  }

  /** Truth values, read as the numbers 0 and 1. Use {@link FieldType#BOOL}. */
  record Bool() implements FieldType {
    @Override
    public Value toValue() {
      return named("bool").build();
    }

    @Override
    public boolean isNumeric() {
      return true;
    }

    @Override
    public String toString() {
      return "bool";
    }
  }

  /**
   * Signed whole numbers.
   *
   * @param bits 8, 16, 32 or 64
   */
  record Int(int bits) implements FieldType {
    /** Checks the width. */
    public Int {
      if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
        throw new IllegalArgumentException("bits must be 8, 16, 32 or 64 but was " + bits);
      }
    }

    /** Tells whether {@code number} can be written with this many bits. */
    public boolean contains(long number) {
      int unused = Long.SIZE - bits;
      return number << unused >> unused == number;
    }

    @Override
    public Value toValue() {
      return named("int").put("bits", bits).build();
    }

    @Override
    public boolean isNumeric() {
      return true;
    }

    @Override
    public String toString() {
      return "int" + bits;
    }
  }

  /**
   * Floating-point numbers.
   *
   * @param bits 32 or 64
   */
  record Real(int bits) implements FieldType {
    /** Checks the width. */
    public Real {
      if (bits != 32 && bits != 64) {
        throw new IllegalArgumentException("bits must be 32 or 64 but was " + bits);
      }
    }

    @Override
    public Value toValue() {
      return named("real").put("bits", bits).build();
    }

    @Override
    public boolean isNumeric() {
      return true;
    }

    @Override
    public String toString() {
      return "float" + bits;
    }
  }

  /** Text of any length. Use {@link FieldType#TEXT}. */
  record Text() implements FieldType {
    @Override
    public Value toValue() {
      return named("text").build();
    }

    @Override
    public boolean isNumeric() {
      return false;
    }

    @Override
    public String toString() {
      return "text";
    }
  }

  /**
   * Texts that are one of a closed list.
   *
   * @param values the possible texts, distinct, at least one, in the order of their codes
   */
  record Category(List<String> values) implements FieldType {
    /** Checks and copies the values. */
    public Category {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("values of a category must not be empty");
      }
      if (new HashSet<>(values).size() < values.size()) {
        throw new IllegalArgumentException(
            "values of a category must be distinct but are " + values);
      }
    }

    @Override
    public Value toValue() {
      return named("category").put("values", Value.ofTexts(values)).build();
    }

    @Override
    public boolean isNumeric() {
      return false;
    }

    @Override
    public String toString() {
      return "one of " + values;
    }
  }

  /** Days of the calendar, read as days since 1970-01-01. Use {@link FieldType#DATE}. */
  record Date() implements FieldType {
    @Override
    public Value toValue() {
      return named("date").build();
    }

    @Override
    public boolean isNumeric() {
      return false;
    }

    @Override
    public String toString() {
      return "date";
    }
  }

  /**
   * Moments, read as microseconds since 1970-01-01T00:00.
   *
   * @param utc whether they are instants; otherwise date and time of day without a zone
   */
  record Timestamp(boolean utc) implements FieldType {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    /**
     * Returns the microseconds from 1970-01-01T00:00Z to an instant; what is finer is cut off
     * towards the past.
     *
     * @throws IllegalArgumentException if 64 bits cannot hold them, 292,277 years from 1970
     */
    public static long micros(Instant instant) {
      try {
        long seconds = Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND);
        return Math.addExact(seconds, instant.getNano() / NANOS_PER_MICRO);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("a timestamp cannot hold " + instant, e);
      }
    }

    /** Returns the microseconds from 1970-01-01T00:00 to a date and time, as {@link #micros}. */
    public static long micros(LocalDateTime time) {
      return micros(time.toInstant(ZoneOffset.UTC));
    }

    /** Returns the instant that lies some microseconds behind 1970-01-01T00:00Z. */
    public static Instant instant(long micros) {
      return Instant.ofEpochSecond(
          Math.floorDiv(micros, MICROS_PER_SECOND),
          Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /** Returns the date and time that lies some microseconds behind 1970-01-01T00:00. */
    public static LocalDateTime dateTime(long micros) {
      return LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC);
    }

    @Override
    public Value toValue() {
      return named("timestamp").put("utc", utc).build();
    }

    @Override
    public boolean isNumeric() {
      return false;
    }

    @Override
    public String toString() {
      return utc ? "instant" : "date and time";
    }
  }

  /**
   * Arrays of 32-bit floating-point numbers with a fixed shape: an embedding, an image. No number
   * in them is missing, though a whole array may be.
   *
   * @param shape the size of each dimension, the outermost first, each 1 or more
   */
  record Tensor(List<Integer> shape) implements FieldType {
    /** Checks and copies the shape. */
    public Tensor {
      shape = List.copyOf(shape);
      long size = 1;
      for (int length : shape) {
        size *= length;
        if (length < 1 || size > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              "shape must have sizes of at least 1 and fit into an array but was " + shape);
        }
      }
    }

    /** Returns how many numbers one array has. */
    public int size() {
      int size = 1;
      for (int i = 0; i < shape.size(); i++) {
        size *= shape.get(i);
      }
      return size;
    }

    @Override
    public Value toValue() {
      return named("tensor").put("shape", Value.ofWholes(shape)).build();
    }

    @Override
    public boolean isNumeric() {
      return false;
    }

    @Override
    public String toString() {
      return "tensor" + shape;
    }
  }
}
