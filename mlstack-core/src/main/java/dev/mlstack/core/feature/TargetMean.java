package dev.mlstack.core.feature;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a text the mean of what is to be predicted over the rows in training that had it, drawn
 * towards the mean of all rows (D. Micci-Barreca, "A preprocessing scheme for high-cardinality
 * categorical attributes", SIGKDD Explorations 3, 2001). Unknown and missing texts get the mean of
 * all rows.
 *
 * <p>Rows are dealt into folds by a draw for their identity. A row that was trained on is encoded
 * by the means over the rows of the other folds, so that its own label has no part in its features.
 */
public final class TargetMean implements FittedTransform.OutOfFold, Lookup {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("target-mean", 1);

  private static final String CATEGORIES = "categories";
  private static final String SEED = "seed";
  private static final String ALL = "all";
  private static final String WITHOUT = "without-fold";
  private static final String MEANS = "means";
  private static final String OTHER = "other";

  /** What texts become. */
  public static final class Means {
    private final double[] means;
    private final double other;

    /**
     * Creates means.
     *
     * @param other what unknown and missing texts become; finite
     * @param means what each category becomes; finite
     */
    public Means(double other, double... means) {
      Parameters.requireFinite(OTHER, other);
      this.other = other;
      this.means = Parameters.requireFinite(MEANS, means, means.length);
    }

    private static Means load(Value.Doc document) {
      return new Means(document.real(OTHER), document.reals(MEANS));
    }

    private Value.Doc toValue() {
      return Value.doc().put(OTHER, other).put(MEANS, Value.ofReals(means)).build();
    }

    double of(int category) {
      return category < 0 ? other : means[category];
    }
  }

  private final Dictionary categories;
  private final long seed;
  private final Means all;
  private final List<Means> withoutFold;
  private final RandomStream draws;

  /**
   * Creates the step.
   *
   * @param categories the texts in ascending order, as {@link String#compareTo} orders them
   * @param seed the seed of the draws that deal rows into folds
   * @param all what texts become in rows that were not trained on
   * @param withoutFold for each fold, what texts become in its rows, that were trained on
   */
  public TargetMean(List<String> categories, long seed, Means all, List<Means> withoutFold) {
    this.categories = new Dictionary(CATEGORIES, categories);
    this.seed = seed;
    this.all = all;
    this.withoutFold = List.copyOf(withoutFold);
    this.draws = draws(seed);
    if (withoutFold.size() < 2) {
      throw new IllegalArgumentException("folds must be at least 2 but were " + withoutFold.size());
    }
    List<Means> every = new ArrayList<>(withoutFold);
    every.add(all);
    for (Means means : every) {
      Parameters.requireFinite(MEANS, means.means, this.categories.size());
    }
  }

  static TargetMean load(Value.Doc parameters) {
    return new TargetMean(
        parameters.texts(CATEGORIES),
        parameters.whole(SEED),
        Means.load(parameters.doc(ALL)),
        parameters.items(WITHOUT).stream().map(Value::asDoc).map(Means::load).toList());
  }

  private static RandomStream draws(long seed) {
    return RandomStream.of(seed, "target-mean");
  }

  /**
   * Returns the fold of a row.
   *
   * @param seed the seed of the draws
   * @param folds how many folds there are
   */
  public static int fold(long seed, int folds, long rowId) {
    return draws(seed).below(folds, rowId);
  }

  @Override
  public List<String> known() {
    return categories.texts();
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc()
        .put(CATEGORIES, Value.ofTexts(categories.texts()))
        .put(SEED, seed)
        .put(ALL, all.toValue())
        .put(WITHOUT, withoutFold.stream().map(Means::toValue).toList())
        .build();
  }

  private int category(@Nullable String value) {
    return value == null ? -1 : categories.indexOf(value);
  }

  @Override
  public double apply(@Nullable String value) {
    return all.of(category(value));
  }

  @Override
  public double applyInTraining(@Nullable String value, long rowId) {
    return withoutFold.get(draws.below(withoutFold.size(), rowId)).of(category(value));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TargetMean other && parameters().equals(other.parameters());
  }

  @Override
  public int hashCode() {
    return Objects.hash(categories.texts(), seed);
  }
}
