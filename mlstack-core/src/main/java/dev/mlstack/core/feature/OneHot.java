package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Utf8Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes one indicator of each category of a text.
 *
 * <p>A text that is none of the categories sets the indicator of all others, if there is one, and
 * else none. A missing text sets the indicator of missing ones, if there is one, and else is a text
 * like any other that is no category.
 */
public final class OneHot implements FittedTransform.TextToIndicators, Utf8Lookup {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("one-hot", 1);

  /** The name of the indicator of all texts that are no category. */
  public static final String OTHER = "(other)";

  /** The name of the indicator of missing texts. */
  public static final String MISSING = "(missing)";

  /** Categories that would be taken for one of these names; they are put in quotes. */
  private static final Pattern TAKEN = Pattern.compile("'*\\((other|missing)\\)'*");

  private final List<String> categories;
  private final boolean other;
  private final boolean missing;
  private final List<String> indicators;
  private final Dictionary dictionary;
  private final int indexOfOther;
  private final int indexOfMissing;

  /**
   * Creates the step.
   *
   * @param categories the texts that have an indicator each, in ascending order as {@link
   *     String#compareTo} orders them
   * @param other whether all other texts share an indicator
   * @param missing whether missing texts have an indicator
   */
  public OneHot(List<String> categories, boolean other, boolean missing) {
    this.categories = List.copyOf(categories);
    this.other = other;
    this.missing = missing;
    this.dictionary = new Dictionary("categories", this.categories);
    List<String> names = new ArrayList<>();
    for (String category : categories) {
      names.add(TAKEN.matcher(category).matches() ? "'" + category + "'" : category);
    }
    if (other) {
      names.add(OTHER);
    }
    this.indexOfOther = other ? names.size() - 1 : -1;
    if (missing) {
      names.add(MISSING);
    }
    this.indexOfMissing = missing ? names.size() - 1 : indexOfOther;
    this.indicators = List.copyOf(names);
  }

  static OneHot load(Value.Doc parameters) {
    return new OneHot(
        parameters.texts("categories"), parameters.flag("other"), parameters.flag("missing"));
  }

  /** Returns the texts that have an indicator each, in ascending order. */
  public List<String> categories() {
    return categories;
  }

  @Override
  public List<String> known() {
    return categories;
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc()
        .put("categories", Value.ofTexts(categories))
        .put("other", other)
        .put("missing", missing)
        .build();
  }

  @Override
  public List<String> indicators() {
    return indicators;
  }

  @Override
  public int apply(@Nullable String value) {
    if (value == null) {
      return indexOfMissing;
    }
    return known(dictionary.indexOf(value));
  }

  @Override
  public void apply(Utf8Block texts, int[] to) {
    dictionary.find(texts, to);
    for (int i = 0; i < texts.count(); i++) {
      to[i] = known(to[i]);
    }
  }

  private int known(int index) {
    return index < 0 ? indexOfOther : index;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof OneHot that && parameters().equals(that.parameters());
  }

  @Override
  public int hashCode() {
    return categories.hashCode();
  }
}
