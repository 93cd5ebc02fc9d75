package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import org.jspecify.annotations.Nullable;

/**
 * Puts a text where one is missing.
 *
 * @param text what to put
 */
public record ImputeText(String text) implements FittedTransform.TextToText {

  /** The name of this step. */
  public static final VersionedName OPERATION = ImputeNumber.OPERATION;

  static final String TEXT = "text";

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(TEXT, text).build();
  }

  @Override
  public String apply(@Nullable String value) {
    return value == null ? text : value;
  }
}
