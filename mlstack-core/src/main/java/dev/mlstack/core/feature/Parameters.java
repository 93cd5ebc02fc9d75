package dev.mlstack.core.feature;

/** Checks of what steps are told. */
final class Parameters {

  private Parameters() {}

  static void requireFinite(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(name + " must be finite but was " + number);
    }
  }
}
