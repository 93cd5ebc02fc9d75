package dev.mlstack.train.linear;

/**
 * The coordinates in which the optimiser works: features centred and scaled so that the objective
 * bends about equally in every direction, whatever the features are measured in.
 *
 * <p>With {@code x' = (x - mean) * scale}, a weight {@code w} becomes {@code u = w / scale}, and
 * the intercept absorbs the means, which costs nothing as it is not penalised. The penalty {@code
 * l2/2 * w^2} becomes {@code l2/2 * scale^2 * u^2}: the minimum is the same, only easier to find.
 * The last coordinate of a unit is its intercept, of a constant feature {@code interceptScale}.
 *
 * <p>Immutable.
 */
final class Coordinates {

  private final double[] means;
  private final double[] scales;
  private final double[] penalties;
  private final double interceptScale;

  /**
   * Creates the coordinates for some examples.
   *
   * @param curvature a bound of the second derivative of the loss of an example
   */
  Coordinates(Moments moments, double curvature, double l2) {
    int width = moments.means().length;
    means = moments.means();
    scales = new double[width];
    penalties = new double[width + 1];
    for (int slot = 0; slot < width; slot++) {
      double bend = curvature * moments.weight() * moments.variances()[slot] + l2;
      scales[slot] = bend > 0 ? 1 / Math.sqrt(bend) : 1;
      penalties[slot] = l2 * scales[slot] * scales[slot];
    }
    interceptScale = 1 / Math.sqrt(curvature * moments.weight());
  }

  /** Returns how many coordinates a unit has: one for each feature and one for the intercept. */
  int size() {
    return penalties.length;
  }

  /** Writes the features of a row in these coordinates, the constant one last. */
  void write(float[] features, int from, double[] to) {
    for (int slot = 0; slot < scales.length; slot++) {
      to[slot] = (features[from + slot] - means[slot]) * scales[slot];
    }
    to[scales.length] = interceptScale;
  }

  /** Returns the point where all weights are 0 and the units have the given margins. */
  double[] start(double[] margins) {
    double[] point = new double[margins.length * size()];
    for (int unit = 0; unit < margins.length; unit++) {
      point[(unit + 1) * size() - 1] = margins[unit] / interceptScale;
    }
    return point;
  }

  /** Returns the factors of the penalty, one for each coordinate of a unit: 0 for the intercept. */
  double[] penalties() {
    return penalties;
  }

  /**
   * Writes weights and intercept of a unit for features as they came.
   *
   * @param from the index in {@code point} of the first coordinate of the unit
   */
  void writeCoefficients(double[] point, int from, double[] to, int at) {
    int width = scales.length;
    double intercept = point[from + width] * interceptScale;
    for (int slot = 0; slot < width; slot++) {
      double weight = point[from + slot] * scales[slot];
      to[at + slot] = weight;
      intercept -= weight * means[slot];
    }
    to[at + width] = intercept;
  }
}
