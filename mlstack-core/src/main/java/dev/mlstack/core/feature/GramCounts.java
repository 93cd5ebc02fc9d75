package dev.mlstack.core.feature;

import dev.mlstack.feature.Slot;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the pieces of a text by the buckets that their hashes fall into. Learns nothing. A missing
 * text leaves all 0.
 *
 * @param grams which pieces
 * @param buckets how many buckets there are, 1 or more
 * @param norm what the counts are divided by
 */
public record GramCounts(Grams grams, int buckets, Norm norm) implements SparseText, Grams.Taker {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("gram-counts", 1);

  private static final String BUCKETS = "buckets";
  private static final String NORM = "norm";

  /** Checks the number. */
  public GramCounts {
    Parameters.requireBuckets(buckets);
  }

  static GramCounts load(Value.Doc parameters) {
    return new GramCounts(
        Grams.load(parameters),
        Parameters.requireBuckets(parameters.whole(BUCKETS)),
        Norm.valueOf(parameters.text(NORM)));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return grams.describe().put(BUCKETS, buckets).put(NORM, norm.name()).build();
  }

  @Override
  public List<Slot> slots(String column) {
    return HashVector.buckets(column, buckets, Slot.Kind.NUMBER);
  }

  @Override
  public void apply(@Nullable String value, float[] to, int at, @Nullable Places touched) {
    if (value != null) {
      grams.forEach(value, this, to, at, touched);
      norm.apply(to, at, buckets, touched, null);
    }
  }

  /** Counts a piece. */
  @Override
  public void take(
      String text, int start, long hash, float[] to, int at, @Nullable Places touched) {
    int bucket = TextHash.bucket(hash, buckets);
    to[at + bucket]++;
    if (touched != null) {
      touched.add(bucket);
    }
  }
}
