package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import java.util.Arrays;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/** The least and the greatest value of a column in a row group. */
final class Bounds {

  /** Texts that are longer have no bounds. */
  private static final int MAX_TEXT = 64;

  private byte @Nullable [] leastText;
  private byte @Nullable [] greatestText;
  private boolean longText;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;
  private double leastReal = Double.POSITIVE_INFINITY;
  private double greatestReal = Double.NEGATIVE_INFINITY;
  private boolean nan;
  private boolean reals;
  private boolean any;
  private long nulls;

  void addNulls(int count) {
    nulls += count;
  }

  void add(long value) {
    any = true;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  void add(double value) {
    reals = true;
    if (Double.isNaN(value)) {
      nan = true;
    } else {
      any = true;
      leastReal = Math.min(leastReal, value);
      greatestReal = Math.max(greatestReal, value);
    }
  }

  void add(byte[] bytes, int at, int length) {
    if (longText || length > MAX_TEXT) {
      longText = true;
      return;
    }
    if (leastText == null || compare(bytes, at, length, leastText) < 0) {
      leastText = Arrays.copyOfRange(bytes, at, at + length);
    }
    if (greatestText == null || compare(bytes, at, length, greatestText) > 0) {
      greatestText = Arrays.copyOfRange(bytes, at, at + length);
    }
  }

  private static int compare(byte[] bytes, int at, int length, byte[] other) {
    return Arrays.compareUnsigned(bytes, at, at + length, other, 0, other.length);
  }

  /**
   * Returns what a reader may skip row groups by.
   *
   * @param width how many bytes a number takes; 1 for truth values
   */
  Statistics statistics(int width) {
    Statistics statistics = new Statistics().setNull_count(nulls);
    if (leastText != null && greatestText != null && !longText) {
      statistics.setMin_value(leastText).setMax_value(greatestText);
    } else if (any && reals && !nan) {
      // The format asks for it: either zero may be among the values.
      double low = leastReal == 0 ? -0.0 : leastReal;
      double high = greatestReal == 0 ? 0.0 : greatestReal;
      statistics.setMin_value(real(low, width)).setMax_value(real(high, width));
    } else if (any && !reals) {
      statistics.setMin_value(whole(least, width)).setMax_value(whole(greatest, width));
    }
    return statistics;
  }

  private static byte[] real(double value, int width) {
    byte[] bytes = new byte[width];
    LittleEndian.putReal(bytes, 0, width, value);
    return bytes;
  }

  private static byte[] whole(long value, int width) {
    byte[] bytes = new byte[width];
    LittleEndian.putWhole(bytes, 0, width, value);
    return bytes;
  }
}
