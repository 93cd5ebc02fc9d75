package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import org.jspecify.annotations.Nullable;

/**
 * Makes a code of a text: the bucket that its hash falls into. A missing text has a code of its
 * own, the last. Learns nothing, so texts that were never seen have a code, too; different ones may
 * share it.
 *
 * @param buckets how many buckets there are, 1 or more
 */
public record HashCode(int buckets) implements FittedTransform.TextToCode {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("hash-code", 1);

  private static final String BUCKETS = "buckets";

  /** Checks the number. */
  public HashCode {
    Parameters.requireBuckets(buckets);
  }

  static HashCode load(Value.Doc parameters) {
    return new HashCode(Parameters.requireBuckets(parameters.whole(BUCKETS)));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(BUCKETS, buckets).build();
  }

  @Override
  public int cardinality() {
    return buckets + 1;
  }

  @Override
  public int apply(@Nullable String value) {
    return value == null ? buckets : TextHash.bucket(TextHash.of(value), buckets);
  }
}
