package dev.mlstack.core.feature;

import dev.mlstack.feature.Slot;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a slot of each bucket, of which that is not 0 which the hash of a text falls into (K.
 * Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009). A missing
 * text leaves all 0. Learns nothing.
 *
 * @param buckets how many buckets there are, 1 or more
 * @param signed whether the number is 1 or -1, by another bit of the hash, so that texts that share
 *     a bucket cancel out on average, or always 1
 */
public record HashVector(int buckets, boolean signed) implements SparseText {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("hash", 1);

  private static final String BUCKETS = "buckets";
  private static final String SIGNED = "signed";

  /** Checks the number. */
  public HashVector {
    Parameters.requireBuckets(buckets);
  }

  static HashVector load(Value.Doc parameters) {
    return new HashVector(
        Parameters.requireBuckets(parameters.whole(BUCKETS)), parameters.flag(SIGNED));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(BUCKETS, buckets).put(SIGNED, signed).build();
  }

  @Override
  public List<Slot> slots(String column) {
    return buckets(column, buckets, signed ? Slot.Kind.NUMBER : Slot.Kind.INDICATOR);
  }

  /** Returns a slot for each bucket: {@code sku#0}, {@code sku#1}. */
  static List<Slot> buckets(String column, int buckets, Slot.Kind kind) {
    return IntStream.range(0, buckets)
        .mapToObj(bucket -> new Slot(column + "#" + bucket, column, kind, 0))
        .toList();
  }

  @Override
  public void apply(@Nullable String value, float[] to, int at, @Nullable Places touched) {
    if (value == null) {
      return;
    }
    long hash = TextHash.of(value);
    int bucket = TextHash.bucket(hash, buckets);
    to[at + bucket] = signed ? TextHash.sign(hash) : 1;
    if (touched != null) {
      touched.add(bucket);
    }
  }
}
