package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Slot;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Utf8Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a code of a text: its index among the categories in ascending order. All other texts share
 * the code behind those, and missing ones have the last.
 */
public final class Ordinal implements FittedTransform.TextToCode, Utf8Lookup {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("ordinal", 1);

  /** The largest number of categories: two codes are for other texts and for missing ones. */
  public static final int MAX_CATEGORIES = Slot.MAX_CARDINALITY - 2;

  private static final String CATEGORIES = "categories";

  private final Dictionary categories;

  /**
   * Creates the step.
   *
   * @param categories the texts that have a code of their own, in ascending order as {@link
   *     String#compareTo} orders them; at most {@value #MAX_CATEGORIES}
   */
  public Ordinal(List<String> categories) {
    if (categories.size() > MAX_CATEGORIES) {
      throw new IllegalArgumentException(
          "categories must be at most " + MAX_CATEGORIES + " but were " + categories.size());
    }
    this.categories = new Dictionary(CATEGORIES, categories);
  }

  static Ordinal load(Value.Doc parameters) {
    return new Ordinal(parameters.texts(CATEGORIES));
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
    return Value.doc().put(CATEGORIES, Value.ofTexts(categories.texts())).build();
  }

  @Override
  public int cardinality() {
    return categories.size() + 2;
  }

  @Override
  public int apply(@Nullable String value) {
    if (value == null) {
      return categories.size() + 1;
    }
    return known(categories.indexOf(value));
  }

  @Override
  public void apply(Utf8Block texts, int[] to) {
    categories.find(texts, to);
    for (int i = 0; i < texts.count(); i++) {
      to[i] = known(to[i]);
    }
  }

  private int known(int index) {
    return index < 0 ? categories.size() : index;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Ordinal other && categories.texts().equals(other.categories.texts());
  }

  @Override
  public int hashCode() {
    return categories.texts().hashCode();
  }
}
