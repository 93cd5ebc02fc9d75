package dev.mlstack.train.torch;

/** What is done to gradients before a step. */
final class Gradients {

  /** Keeps the divisor away from 0; as in PyTorch. */
  private static final double EPSILON = 1e-6;

  private Gradients() {}

  /**
   * Shortens gradients that are longer, as one vector, than they may be. Their direction stays.
   *
   * @param norm how long they may be; positive, also infinite
   */
  static void clip(float[] gradients, double norm) {
    if (norm == Double.POSITIVE_INFINITY) {
      return;
    }
    double squares = 0;
    for (float gradient : gradients) {
      squares += (double) gradient * gradient;
    }
    float factor = (float) (norm / (Math.sqrt(squares) + EPSILON));
    if (factor < 1) {
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] *= factor;
      }
    }
  }
}
