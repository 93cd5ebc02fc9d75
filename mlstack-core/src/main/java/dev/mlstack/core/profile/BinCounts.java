package dev.mlstack.core.profile;

import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many keys are in each bin of a column of numbers; {@link PrefixBins} says what the bins are.
 * Immutable.
 */
final class BinCounts {

  /** With more, no two bins would be left. */
  private static final int MAX_SHIFT = 63;

  private final int shift;
  private final long[] prefixes;
  private final long[] counts;
  private final long total;

  /** Takes over the arrays: the prefixes rise, and no count is less than 1. */
  BinCounts(int shift, long[] prefixes, long[] counts) {
    this.shift = shift;
    this.prefixes = prefixes;
    this.counts = counts;
    this.total = Arrays.stream(counts).sum();
  }

  int shift() {
    return shift;
  }

  int size() {
    return prefixes.length;
  }

  long prefix(int bin) {
    return prefixes[bin];
  }

  long count(int bin) {
    return counts[bin];
  }

  /** Returns how many keys there are. */
  long total() {
    return total;
  }

  /** Returns the least key that a bin can have. */
  long low(int bin) {
    return prefixes[bin] << shift;
  }

  /** Returns the greatest key that a bin can have. */
  long high(int bin) {
    return (prefixes[bin] << shift) + ((1L << shift) - 1);
  }

  /** Returns the bin of the key at a rank, from 1. */
  int binAt(long rank) {
    long below = 0;
    int bin = 0;
    while (below + counts[bin] < rank) {
      below += counts[bin++];
    }
    return bin;
  }

  /** Returns how many keys are in the bins before one. */
  long below(int bin) {
    long below = 0;
    for (int i = 0; i < bin; i++) {
      below += counts[i];
    }
    return below;
  }

  /** Returns these counts in bins of a shift that is not less. */
  BinCounts coarsened(int newShift) {
    long[] newPrefixes = new long[size()];
    long[] newCounts = new long[size()];
    int n = 0;
    for (int i = 0; i < size(); i++) {
      long prefix = prefixes[i] >> (newShift - shift);
      if (n == 0 || newPrefixes[n - 1] != prefix) {
        newPrefixes[n++] = prefix;
      }
      newCounts[n - 1] += counts[i];
    }
    return new BinCounts(newShift, Arrays.copyOf(newPrefixes, n), Arrays.copyOf(newCounts, n));
  }

  /**
   * Writes the bins.
   *
   * @param keys what the keys of the column stand for: values that are a bin each are written as
   *     people read them
   */
  void putTo(Value.Doc.Builder doc, Keys keys) {
    doc.put("shift", shift);
    doc.put("counts", Value.ofWholes(Arrays.stream(counts).boxed().toList()));
    if (shift == 0) {
      doc.put("values", Arrays.stream(prefixes).mapToObj(keys::toValue).toList());
      return;
    }
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (i == 0 || prefixes[i] != prefixes[i - 1] + 1) {
        runs.add((long) i);
        runs.add(prefixes[i]);
      }
    }
    doc.put("runs", Value.ofWholes(runs));
  }

  /** Returns the prefixes of runs: where each run begins, as an index and a prefix. */
  private static long[] ofRuns(List<Value> runs, int size) {
    long[] prefixes = new long[size];
    require(runs.size() % 2 == 0, "a run is cut short");
    require(size == 0 || (!runs.isEmpty() && runs.get(0).asWhole() == 0), "no run begins at 0");
    int next = 0;
    for (int i = 0; i < size; i++) {
      prefixes[i] = i == 0 ? 0 : prefixes[i - 1] + 1;
      if (next < runs.size() && runs.get(next).asWhole() == i) {
        prefixes[i] = runs.get(next + 1).asWhole();
        require(i == 0 || prefixes[i] > prefixes[i - 1] + 1, "two runs are one");
        next += 2;
      }
    }
    require(next == runs.size(), "a run begins nowhere");
    return prefixes;
  }

  /**
   * Returns the bins that a document has.
   *
   * @throws IllegalArgumentException if it has none
   */
  static BinCounts fromDoc(Value.Doc doc, Keys keys) {
    int shift = (int) Math.max(-1, Math.min(MAX_SHIFT + 1, doc.whole("shift")));
    long[] counts = doc.items("counts").stream().mapToLong(Value::asWhole).toArray();
    long[] prefixes =
        shift == 0
            ? doc.items("values").stream().mapToLong(keys::fromValue).toArray()
            : ofRuns(doc.items("runs"), counts.length);
    require(shift >= 0 && shift <= MAX_SHIFT, "the shift is out of range");
    require(counts.length == prefixes.length, "there are not as many counts as bins");
    require(counts.length <= PrefixBins.MAX, "there are too many bins");
    for (int i = 0; i < counts.length; i++) {
      require(counts[i] > 0, "a bin is empty");
      require(i == 0 || prefixes[i] > prefixes[i - 1], "the bins do not rise");
      require(prefixes[i] << shift >> shift == prefixes[i], "a bin is out of range");
    }
    return new BinCounts(shift, prefixes, counts);
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new IllegalArgumentException("the bins of a column are damaged: " + otherwise);
    }
  }
}
