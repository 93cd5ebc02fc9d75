package dev.mlstack.data.json;

import dev.mlstack.data.internal.Times;
import dev.mlstack.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types that all values at one place could have so far. */
final class JsonGuess {

  private long firstLine = Long.MAX_VALUE;
  private int firstOrder;
  private boolean flags;
  private boolean wholes;
  private boolean huge;
  private boolean reals;
  private boolean words;
  private boolean texts;
  private boolean objects;
  private boolean arrays;
  private boolean onlyDates = true;
  private boolean onlyTimes = true;
  private boolean zoned;
  private boolean unzoned;
  private boolean regular = true;
  private @Nullable List<Integer> shape;

  /**
   * Says that something stands here.
   *
   * @param line the line, counted over all inputs
   * @param order counts the values of the line
   */
  void at(long line, int order) {
    if (line < firstLine) {
      firstLine = line;
      firstOrder = order;
    }
  }

  void flag() {
    flags = true;
  }

  void number(boolean whole, boolean fits) {
    reals |= !whole;
    wholes |= whole;
    huge |= whole && !fits;
  }

  void object() {
    objects = true;
  }

  /**
   * Says that an array stands here.
   *
   * @param newShape its shape, {@code null} if it is not a regular one of numbers
   */
  void array(@Nullable List<Integer> newShape) {
    arrays = true;
    regular &= newShape != null && (shape == null || shape.equals(newShape));
    shape = newShape == null ? shape : newShape;
  }

  void text(byte[] utf8, int from, int to, Times times) {
    if (isNumberWord(utf8, from, to)) {
      words = true;
      return;
    }
    texts = true;
    if (onlyTimes) {
      boolean date = times.readDate(utf8, from, to);
      onlyDates &= date;
      onlyTimes = date || times.readTimestamp(utf8, from, to);
      zoned |= !date && times.hasZone();
      unzoned |= date || !times.hasZone();
    }
  }

  /** Tells whether a text is one that stands for a number which JSON has not. */
  static boolean isNumberWord(byte[] utf8, int from, int to) {
    return is("NaN", utf8, from, to)
        || is("Infinity", utf8, from, to)
        || is("-Infinity", utf8, from, to);
  }

  private static boolean is(String word, byte[] utf8, int from, int to) {
    if (word.length() != to - from) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (utf8[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Adds what was seen elsewhere. */
  void merge(JsonGuess other) {
    if (other.firstLine < firstLine) {
      firstLine = other.firstLine;
      firstOrder = other.firstOrder;
    }
    flags |= other.flags;
    wholes |= other.wholes;
    huge |= other.huge;
    reals |= other.reals;
    words |= other.words;
    texts |= other.texts;
    objects |= other.objects;
    arrays |= other.arrays;
    onlyDates &= other.onlyDates;
    onlyTimes &= other.onlyTimes;
    zoned |= other.zoned;
    unzoned |= other.unzoned;
    regular &= other.regular && (shape == null || other.shape == null || shape.equals(other.shape));
    shape = shape == null ? other.shape : shape;
  }

  /** Tells whether anything stands here on any line, if only null. */
  boolean isSeen() {
    return firstLine < Long.MAX_VALUE;
  }

  /** Returns the first line on which something stands here. */
  long firstLine() {
    return firstLine;
  }

  /** Returns its place among the values of that line. */
  int firstOrder() {
    return firstOrder;
  }

  /** Returns the narrowest type that all values have; nothing if they are all objects. */
  Optional<FieldType> type() {
    List<FieldType> kinds = new ArrayList<>();
    if (flags) {
      kinds.add(FieldType.BOOL);
    }
    if (wholes || reals) {
      kinds.add(number());
    }
    if (texts || (words && kinds.isEmpty())) {
      kinds.add(words ? FieldType.TEXT : time());
    }
    if (arrays) {
      kinds.add(regular && shape != null ? new FieldType.Tensor(shape) : FieldType.TEXT);
    }
    if (objects && kinds.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(kinds.size() == 1 && !objects ? kinds.get(0) : FieldType.TEXT);
  }

  private FieldType number() {
    if (reals || (words && !huge)) {
      return FieldType.FLOAT64;
    }
    // What no double and no 64 bits hold may be a name, whose digits count.
    return huge ? FieldType.TEXT : FieldType.INT64;
  }

  private FieldType time() {
    if (onlyDates) {
      return FieldType.DATE;
    }
    return onlyTimes && zoned != unzoned
        ? zoned ? FieldType.INSTANT : FieldType.LOCAL_DATE_TIME
        : FieldType.TEXT;
  }
}
