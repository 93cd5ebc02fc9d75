package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a text the share of the texts in training that were equal to it; 0 if none was. What is
 * missing stays so.
 */
public final class Frequency implements FittedTransform.TextToNumber, Lookup {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("frequency", 1);

  private static final String CATEGORIES = "categories";
  private static final String SHARES = "shares";

  private final Dictionary categories;
  private final double[] shares;

  /**
   * Creates the step.
   *
   * @param categories the texts in ascending order, as {@link String#compareTo} orders them
   * @param shares the share of each, from 0 to 1
   */
  public Frequency(List<String> categories, double... shares) {
    this.categories = new Dictionary(CATEGORIES, categories);
    this.shares = Parameters.requireFinite(SHARES, shares, categories.size());
  }

  static Frequency load(Value.Doc parameters) {
    return new Frequency(parameters.texts(CATEGORIES), parameters.reals(SHARES));
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
        .put(SHARES, Value.ofReals(shares))
        .build();
  }

  @Override
  public double apply(@Nullable String value) {
    if (value == null) {
      return Double.NaN;
    }
    int index = categories.indexOf(value);
    return index < 0 ? 0 : shares[index];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Frequency other
        && categories.texts().equals(other.categories.texts())
        && Arrays.equals(shares, other.shares);
  }

  @Override
  public int hashCode() {
    return categories.texts().hashCode();
  }
}
