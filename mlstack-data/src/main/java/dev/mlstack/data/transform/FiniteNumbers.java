package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All finite numbers of a column, of which the most frequent one is sought. Both zeros are the same
 * number.
 */
final class FiniteNumbers {

  private final List<double[]> chunks = new ArrayList<>();

  static FiniteNumbers of(ValueBlock.Numbers block) {
    double[] finite = new double[block.size()];
    int size = 0;
    for (int i = 0; i < block.size(); i++) {
      double value = block.values()[i];
      if (Math.abs(value) <= Double.MAX_VALUE) {
        finite[size++] = value + 0.0;
      }
    }
    FiniteNumbers numbers = new FiniteNumbers();
    if (size > 0) {
      numbers.chunks.add(size == finite.length ? finite : Arrays.copyOf(finite, size));
    }
    return numbers;
  }

  /** Adds other numbers and returns this. */
  FiniteNumbers merge(FiniteNumbers other) {
    chunks.addAll(other.chunks);
    return this;
  }

  /** Returns the number that occurs most often, of several the smallest; 0 if there is none. */
  double mostFrequent() {
    double[] sorted = chunks.stream().flatMapToDouble(Arrays::stream).toArray();
    Arrays.sort(sorted);
    double best = 0;
    int most = 0;
    int first = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[first]) {
        if (i - first > most) {
          most = i - first;
          best = sorted[first];
        }
        first = i;
      }
    }
    return best;
  }
}
