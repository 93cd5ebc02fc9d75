package dev.mlstack.core.feature;

/** The one place where the numbers of a pipeline become those that a model sees. */
final class Floats {

  private Floats() {}

  /**
   * Returns the nearest {@code float}. There is one NaN, so that the sign and payload of another do
   * not leak into digests, and one zero, so that a sparse row, which leaves zeros out, equals a
   * dense one.
   */
  static float narrow(double value) {
    return Float.intBitsToFloat(Float.floatToIntBits((float) value + 0.0f));
  }

  /** Makes one NaN of all and one zero of both among {@code count} numbers from {@code at} on. */
  static void canonical(float[] values, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = Float.intBitsToFloat(Float.floatToIntBits(values[i] + 0.0f));
    }
  }

  /** Narrows {@code count} numbers from the start of an array to the start of another. */
  static void narrow(double[] values, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = narrow(values[i]);
    }
  }
}
