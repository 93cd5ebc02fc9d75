package dev.mlstack.data.internal;

import dev.mlstack.schema.FieldType;

/**
 * The types that all values of a column so far could have.
 *
 * <p>Numbers that may be names stay text: those with a leading zero or a plus, and columns of whole
 * numbers of which some do not fit into 64 bits.
 */
public final class TypeGuess {

  /** Whole numbers of this many characters surely fit into 64 bits. */
  private static final int SURELY_WHOLE = 18;

  private final Numbers numbers;
  private final Times times;
  private boolean seen;
  private boolean canBeFlag = true;
  private boolean canBeWhole = true;
  private boolean canBeReal = true;
  private boolean canBeDate = true;
  private boolean canBeTimestamp = true;
  private boolean huge;
  private boolean fractional;
  private boolean zoned;
  private boolean unzoned;

  /**
   * Creates a guess.
   *
   * @param numbers reads numbers
   * @param times reads dates and timestamps
   */
  public TypeGuess(Numbers numbers, Times times) {
    this.numbers = numbers;
    this.times = times;
  }

  /** Looks at a value that has no blanks around it and is not missing. */
  public void look(byte[] bytes, int from, int to) {
    seen = true;
    if (canBeReal) {
      lookAtNumber(bytes, from, to);
    }
    if (canBeTimestamp) {
      lookAtTime(bytes, from, to);
    }
    canBeFlag &=
        canBeFlag
            && (Ascii.equalsIgnoreCase(bytes, from, to, "true")
                || Ascii.equalsIgnoreCase(bytes, from, to, "false"));
  }

  private void lookAtNumber(byte[] bytes, int from, int to) {
    if (isCode(bytes, from, to)) {
      canBeReal = false;
    } else if (!fractional && numbers.isInteger(bytes, from, to)) {
      huge |= to - from > SURELY_WHOLE && numbers.readWhole(bytes, from, to) != Numbers.Outcome.OK;
    } else {
      fractional = true;
      canBeReal = numbers.isReal(bytes, from, to);
    }
    canBeWhole &= canBeReal && !fractional && !huge;
  }

  /** Tells whether a number is written as a name is: 007, +49. */
  private static boolean isCode(byte[] bytes, int from, int to) {
    int at = bytes[from] == '-' ? from + 1 : from;
    return bytes[from] == '+'
        || (at + 1 < to && bytes[at] == '0' && bytes[at + 1] >= '0' && bytes[at + 1] <= '9');
  }

  private void lookAtTime(byte[] bytes, int from, int to) {
    boolean date = times.readDate(bytes, from, to);
    canBeDate &= date;
    canBeTimestamp = date || times.readTimestamp(bytes, from, to);
    zoned |= !date && times.hasZone();
    unzoned |= date || !times.hasZone();
  }

  /** Takes over what another guess has seen, of other values of the same column. */
  public void merge(TypeGuess other) {
    seen |= other.seen;
    canBeFlag &= other.canBeFlag;
    canBeReal &= other.canBeReal;
    canBeDate &= other.canBeDate;
    canBeTimestamp &= other.canBeTimestamp;
    huge |= other.huge;
    fractional |= other.fractional;
    zoned |= other.zoned;
    unzoned |= other.unzoned;
    canBeWhole &= other.canBeWhole && !fractional && !huge;
  }

  /** Says that there is a value that can only be text. */
  public void lookAtText() {
    seen = true;
    canBeFlag = false;
    canBeWhole = false;
    canBeReal = false;
    canBeDate = false;
    canBeTimestamp = false;
  }

  /** Tells whether nothing but text is possible any more. */
  public boolean isText() {
    return !canBeFlag && !canBeReal && !canBeTimestamp;
  }

  /**
   * Returns the narrowest type that all values have; text if there is none. Digits that a pattern
   * makes a date, such as 20240131, are one.
   */
  public FieldType type() {
    if (!seen) {
      return FieldType.TEXT;
    } else if (canBeFlag) {
      return FieldType.BOOL;
    } else if (canBeDate) {
      return FieldType.DATE;
    } else if (canBeTimestamp && zoned != unzoned) {
      return zoned ? FieldType.INSTANT : FieldType.LOCAL_DATE_TIME;
    } else if (canBeWhole) {
      return FieldType.INT64;
    } else if (canBeReal && (fractional || !huge)) {
      return FieldType.FLOAT64;
    }
    return FieldType.TEXT;
  }
}
