package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;

/** Checks which of its indicators or codes a step chose. */
final class Choice {

  private Choice() {}

  /**
   * Returns the index of the indicator that is 1, or -1.
   *
   * @param width how many indicators there are
   * @throws IllegalStateException if the step names one that it does not have
   */
  static int indicator(FittedTransform step, int index, int width) {
    if (index < -1 || index >= width) {
      throw wrong(step, " indicators", index, width);
    }
    return index;
  }

  /**
   * Returns the code.
   *
   * @param cardinality how many codes there are
   * @throws IllegalStateException if the step names one that it does not have
   */
  static int code(FittedTransform step, int code, int cardinality) {
    if (code < 0 || code >= cardinality) {
      throw wrong(step, " codes", code, cardinality);
    }
    return code;
  }

  private static IllegalStateException wrong(
      FittedTransform step, String what, int index, int count) {
    return new IllegalStateException(
        "operation " + step.operation() + " has " + count + what + " but set number " + index);
  }
}
