package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Grams;
import dev.mlstack.core.feature.Norm;
import dev.mlstack.core.feature.TfIdf;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * A plan of which pieces of texts become terms, and how they are weighed. Immutable.
 *
 * <pre>{@code
 * Features.text("note").tfIdf(Vocabulary.of(Grams.words(1, 2)).minRows(2).maxShare(0.5))
 * }</pre>
 *
 * <p>The weight of a term is {@code log((1 + n) / (1 + d)) + 1} for {@code d} of {@code n} texts
 * that have it. While a vocabulary is being found, all pieces that occur are in memory.
 */
public final class Vocabulary {

  /** How many terms there are at most where nothing else is said: 10,000. */
  public static final int DEFAULT_LIMIT = 10_000;

  private final Grams grams;
  private final int limit;
  private final long minRows;
  private final double maxShare;
  private final Norm norm;

  private Vocabulary(Grams grams, int limit, long minRows, double maxShare, Norm norm) {
    this.grams = grams;
    this.limit = limit;
    this.minRows = minRows;
    this.maxShare = maxShare;
    this.norm = norm;
  }

  /**
   * Returns a plan in which the {@value #DEFAULT_LIMIT} pieces that most texts have are terms.
   *
   * @param grams how texts are cut into pieces
   */
  public static Vocabulary of(Grams grams) {
    return new Vocabulary(grams, DEFAULT_LIMIT, 1, 1, Norm.L2);
  }

  /**
   * Returns this plan with another limit: the pieces that most texts have are terms, of equally
   * frequent ones those that come first in the order of {@link String#compareTo}.
   *
   * @param newLimit how many terms there are at most, 1 or more
   */
  public Vocabulary limit(int newLimit) {
    if (newLimit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 but was " + newLimit);
    }
    return new Vocabulary(grams, newLimit, minRows, maxShare, norm);
  }

  /**
   * Returns this plan without pieces that few texts have.
   *
   * @param newMinRows how many texts must have a term, 1 or more
   */
  public Vocabulary minRows(long newMinRows) {
    if (newMinRows < 1) {
      throw new IllegalArgumentException("minRows must be at least 1 but was " + newMinRows);
    }
    return new Vocabulary(grams, limit, newMinRows, maxShare, norm);
  }

  /**
   * Returns this plan without pieces that many texts have.
   *
   * @param newMaxShare the largest share of the texts that may have a term, above 0, at most 1
   */
  public Vocabulary maxShare(double newMaxShare) {
    if (!(newMaxShare > 0 && newMaxShare <= 1)) {
      throw new IllegalArgumentException(
          "maxShare must be above 0 and at most 1 but was " + newMaxShare);
    }
    return new Vocabulary(grams, limit, minRows, newMaxShare, norm);
  }

  /** Returns this plan with another norm. */
  public Vocabulary norm(Norm newNorm) {
    return new Vocabulary(grams, limit, minRows, maxShare, newNorm);
  }

  Grams grams() {
    return grams;
  }

  int limit() {
    return limit;
  }

  long minRows() {
    return minRows;
  }

  double maxShare() {
    return maxShare;
  }

  Norm norm() {
    return norm;
  }

  Transform step() {
    return new Step(this);
  }

  private Value.Doc toValue() {
    return grams
        .describe()
        .put("limit", limit)
        .put("min-rows", minRows)
        .put("max-share", maxShare)
        .put("norm", norm.name())
        .build();
  }

  /** The step of a plan. */
  private record Step(Vocabulary vocabulary) implements Transform {
    @Override
    public VersionedName operation() {
      return TfIdf.OPERATION;
    }

    @Override
    public Value.Doc parameters() {
      return vocabulary.toValue();
    }

    @Override
    public Fit<?, ?> fit(ValueKind kind) {
      Kinds.require(ValueKind.TEXT, kind);
      return new VocabularyFit(vocabulary);
    }
  }
}
