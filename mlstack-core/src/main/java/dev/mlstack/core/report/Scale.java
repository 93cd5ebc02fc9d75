package dev.mlstack.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps a range of numbers to a range of pixels, with round numbers to mark.
 *
 * @param low the least number
 * @param high the greatest number; above {@code low}
 * @param from the pixel of the least number
 * @param to the pixel of the greatest number
 */
record Scale(double low, double high, double from, double to) {

  private static final int MARKS = 6;

  /** Returns a scale from 0 (or below) to the greatest number, never empty. */
  static Scale of(double low, double high, double from, double to) {
    return high > low ? new Scale(low, high, from, to) : new Scale(low, low + 1, from, to);
  }

  double pixel(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Returns some round numbers within the range: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> marks() {
    double step = step((high - low) / MARKS);
    List<Double> marks = new ArrayList<>();
    for (double k = Math.ceil(low / step); k * step <= high + step * 1e-9; k++) {
      marks.add(k * step);
    }
    return marks;
  }

  private static double step(double atLeast) {
    double step = 1;
    while (step > atLeast) {
      step /= 10;
    }
    while (step * 10 <= atLeast) {
      step *= 10;
    }
    for (int factor : new int[] {1, 2, 5}) {
      if (step * factor >= atLeast) {
        return step * factor;
      }
    }
    return step * 10;
  }

  /** Returns a mark as people write it. */
  String label(double mark) {
    double step = step((high - low) / MARKS);
    int decimals = 0;
    for (double unit = step; unit < 0.999 && decimals < 9; unit *= 10) {
      decimals++;
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", mark == 0 ? 0.0 : mark);
  }
}
