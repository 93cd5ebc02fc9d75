package dev.mlstack.data.transform;

import dev.mlstack.core.feature.GramCounts;
import dev.mlstack.core.feature.Grams;
import dev.mlstack.core.feature.Norm;
import java.util.List;

/**
 * The beginning of a plan for columns of free text. It becomes complete with what is counted of
 * them.
 */
public final class TextColumns {

  private final Part part;

  TextColumns(Part part) {
    this.part = part;
  }

  /**
   * Completes the plan with how often pieces of a text fall into some buckets by their hashes,
   * divided by the root of the sum of the squares. Nothing is learned.
   *
   * @param grams which pieces, such as {@code Grams.words(1, 2)}
   * @param buckets how many buckets there are, 1 or more
   */
  public Features hashed(Grams grams, int buckets) {
    return hashed(grams, buckets, Norm.L2);
  }

  /**
   * Completes the plan with how often pieces of a text fall into some buckets by their hashes.
   *
   * @param grams which pieces, such as {@code Grams.characters(3, 5)}
   * @param buckets how many buckets there are, 1 or more
   * @param norm what the counts are divided by
   */
  public Features hashed(Grams grams, int buckets, Norm norm) {
    return new CombinedFeatures(
        List.of(part.then(new FixedStep(new GramCounts(grams, buckets, norm)))));
  }

  /** Completes the plan with how often the terms of a vocabulary occur, weighed by their rarity. */
  public Features tfIdf(Vocabulary vocabulary) {
    return new CombinedFeatures(List.of(part.then(vocabulary.step())));
  }
}
