package dev.mlstack.predict;

import java.time.Instant;
import java.util.HexFormat;

/**
 * The identity of a prediction: unique, and sorted by time.
 *
 * <p>The high half begins with 48 bits of milliseconds since 1970, followed by 16 bits that grow
 * within a millisecond; the low half is drawn once for each endpoint, at random.
 *
 * @param high the time and a count
 * @param low the endpoint
 */
public record PredictionId(long high, long low) implements Comparable<PredictionId> {

  private static final int COUNT_BITS = 16;

  /**
   * Returns the identity written as 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code text} is not of that form
   */
  public static PredictionId parse(String text) {
    if (text.length() != 32) {
      throw new IllegalArgumentException(
          "the id of a prediction is 32 hexadecimal digits but was '" + text + "'");
    }
    try {
      return new PredictionId(
          HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the id of a prediction is hexadecimal but was '" + text + "'", e);
    }
  }

  /** Returns when the prediction was made, with a precision of milliseconds. */
  public Instant at() {
    return Instant.ofEpochMilli(high >>> COUNT_BITS);
  }

  @Override
  public int compareTo(PredictionId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order == 0 ? Long.compareUnsigned(low, other.low) : order;
  }

  /** Returns 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
