package dev.mlstack.core.profile;

import dev.mlstack.store.Value;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * Counts texts by their hashes, once there are too many different ones to count each: in {@link
 * #SIZE} buckets, and in registers that estimate how many different ones there are. Both are
 * functions of the multiset of texts.
 *
 * <p>A bucket never has less rows than any text in it. What the other texts add is on average their
 * number divided by that of the buckets, so {@link #estimate} takes that away: the count-min sketch
 * (G. Cormode and S. Muthukrishnan, "An improved data stream summary: the count-min sketch and its
 * applications", 2005) of one row, with the correction of F. Deng and D. Rafiei, 2007.
 */
final class HashBuckets {

  /** How many buckets there are: 512. */
  static final int SIZE = 1 << 9;

  private final long[] counts;
  private final Registers registers;

  HashBuckets() {
    this(new long[SIZE], new Registers());
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

  static int bucket(long hash) {
    return (int) (hash >>> Registers.BITS) & (SIZE - 1);
  }

  void add(long hash, long rows) {
    counts[bucket(hash)] += rows;
    registers.add(hash);
  }

  HashBuckets plus(HashBuckets other) {
    HashBuckets sum = new HashBuckets(counts.clone(), registers.copy());
    for (int i = 0; i < SIZE; i++) {
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

  /** Returns how many rows are in the bucket of a hash. */
  long atMost(long hash) {
    return counts[bucket(hash)];
  }

  /** Returns about how many rows have the text of a hash. */
  long estimate(long hash) {
    double all = Arrays.stream(counts).sum();
    return (long) Math.rint(Math.max(0, ((double) SIZE * atMost(hash) - all) / (SIZE - 1)));
  }

  /** Returns how many rows are in each bucket, as a new array. */
  long[] counts() {
    return counts.clone();
  }

  void putTo(Value.Doc.Builder doc) {
    doc.put("buckets", Value.ofWholes(Arrays.stream(counts).boxed().toList()));
    doc.put("registers", registers.toText());
  }

  static HashBuckets fromDoc(Value.Doc doc) {
    List<Value> counts = doc.items("buckets");
    if (counts.size() != SIZE) {
      throw new IllegalArgumentException("buckets must be " + SIZE + " but are " + counts.size());
    }
    return new HashBuckets(
        counts.stream().mapToLong(Value::asWhole).toArray(),
        Registers.fromText(doc.text("registers")));
  }
}
