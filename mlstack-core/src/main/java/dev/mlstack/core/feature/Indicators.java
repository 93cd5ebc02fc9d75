package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform.TextToIndicators;
import org.jspecify.annotations.Nullable;

/** Asks a step which of its indicators is 1, and checks the answer. */
final class Indicators {

  private Indicators() {}

  /**
   * Returns the index of the indicator that is 1, or -1.
   *
   * @param width how many indicators there are
   * @throws IllegalStateException if the step names one that it does not have
   */
  static int of(TextToIndicators transform, @Nullable String value, int width) {
    int index = transform.apply(value);
    if (index < -1 || index >= width) {
      throw new IllegalStateException(
          "operation "
              + transform.operation()
              + " has "
              + width
              + " indicators but set number "
              + index);
    }
    return index;
  }
}
