package dev.mlstack.core.profile;

import dev.mlstack.store.Value;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * Counts texts by their hashes, once there are too many different ones to count each: in four rows
 * of {@link #SIZE} buckets, and in registers that estimate how many different ones there are. All
 * are functions of the multiset of texts.
 *
 * <p>No bucket of a text has less rows than the text: the count-min sketch (G. Cormode and S.
 * Muthukrishnan, "An improved data stream summary: the count-min sketch and its applications",
 * 2005). What the other texts add is about what the middle one of all buckets of a row has, so
 * {@link #estimate} takes that away, and trusts the row that says least. So a rare text is taken
 * for a frequent one only if it meets frequent ones in all rows.
 */
final class HashBuckets {

  /** How many buckets there are in a row: 128. */
  static final int SIZE = 1 << 7;

  private static final int BITS = 7;
  private static final int ROWS = 4;

  private final long[] counts;
  private final Registers registers;

  HashBuckets() {
    this(new long[ROWS * SIZE], new Registers());
  }

  private HashBuckets(long[] counts, Registers registers) {
    this.counts = counts;
    this.registers = registers;
  }

  /** Returns the buckets of texts that were counted each. */
  static HashBuckets of(SortedMap<String, Long> labels) {
    HashBuckets buckets = new HashBuckets();
    labels.forEach((label, rows) -> buckets.add(Labels.hash(label), rows));
    return buckets;
  }

  /** Returns the bucket of the first row that a hash chooses, by bits that registers leave. */
  static int bucket(long hash) {
    return bucket(hash, 0);
  }

  private static int bucket(long hash, int row) {
    return row * SIZE + ((int) (hash >>> (Registers.BITS + row * BITS)) & (SIZE - 1));
  }

  void add(long hash, long rows) {
    registers.add(hash);
    counts[bucket(hash, 0)] += rows;
    counts[bucket(hash, 1)] += rows;
    counts[bucket(hash, 2)] += rows;
    counts[bucket(hash, 3)] += rows;
  }

  HashBuckets plus(HashBuckets other) {
    HashBuckets sum = new HashBuckets(counts.clone(), registers.copy());
    for (int i = 0; i < counts.length; i++) {
      sum.counts[i] += other.counts[i];
    }
    sum.registers.add(other.registers);
    return sum;
  }

  HashBuckets copy() {
    return new HashBuckets(counts.clone(), registers.copy());
  }

  /** Returns about how many different texts there are. */
  long distinct() {
    return registers.estimate();
  }

  /** Returns what no more rows have the text of a hash than. */
  long atMost(long hash) {
    long least = counts[bucket(hash)];
    for (int row = 1; row < ROWS; row++) {
      least = Math.min(least, counts[bucket(hash, row)]);
    }
    return least;
  }

  /** Returns about how many rows have the text of a hash. */
  long estimate(long hash) {
    long least = Long.MAX_VALUE;
    for (int row = 0; row < ROWS; row++) {
      long[] sorted = Arrays.copyOfRange(counts, row * SIZE, (row + 1) * SIZE);
      Arrays.sort(sorted);
      least = Math.min(least, counts[bucket(hash, row)] - sorted[SIZE / 2]);
    }
    return Math.max(0, least);
  }

  /** Returns how many rows are in each bucket of the first row, as a new array. */
  long[] counts() {
    return Arrays.copyOf(counts, SIZE);
  }

  void putTo(Value.Doc.Builder doc) {
    doc.put("buckets", Value.ofWholes(Arrays.stream(counts).boxed().toList()));
    doc.put("registers", registers.toText());
  }

  static HashBuckets fromDoc(Value.Doc doc) {
    List<Value> counts = doc.items("buckets");
    if (counts.size() != ROWS * SIZE) {
      throw new IllegalArgumentException(
          "buckets must be " + ROWS * SIZE + " but are " + counts.size());
    }
    return new HashBuckets(
        counts.stream().mapToLong(Value::asWhole).toArray(),
        Registers.fromText(doc.text("registers")));
  }
}
