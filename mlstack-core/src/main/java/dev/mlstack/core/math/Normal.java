package dev.mlstack.core.math;

/**
 * The standard normal distribution.
 *
 * <p>Quantiles are those of M. Wichura, "Algorithm AS 241: The percentage points of the normal
 * distribution", Applied Statistics 37, 1988: one rational function in the middle and two in each
 * tail. Their relative error is below 10<sup>-15</sup>, and their bits are the same everywhere.
 */
public final class Normal {

  private static final double MIDDLE = 0.425;
  private static final double MIDDLE_SQUARED = 0.180625;
  private static final double FAR = 5;
  private static final double FAR_START = 1.6;

  // The published coefficients of the powers from 7 down to 0, as doubles.

  private static final double[] MIDDLE_ABOVE = {
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665
  };

  private static final double[] MIDDLE_BELOW = {
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1
  };

  private static final double[] TAIL_ABOVE = {
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835
  };

  private static final double[] TAIL_BELOW = {
    1.0507500716444169E-9,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1
  };

  private static final double[] FAR_ABOVE = {
    2.0103343992922881E-7,
    2.7115555687434876E-5,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103
  };

  private static final double[] FAR_BELOW = {
    2.0442631033899397E-15,
    1.421511758316446E-7,
    1.8463183175100548E-5,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1
  };

  private Normal() {}

  /**
   * Returns the number that a standard normal variable is below with a probability.
   *
   * @param probability from 0 (whose quantile is negative infinity) to 1
   */
  public static double quantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1 but was " + probability);
    }
    double q = probability - 0.5;
    if (Math.abs(q) <= MIDDLE) {
      double r = MIDDLE_SQUARED - q * q;
      return q * ratio(MIDDLE_ABOVE, MIDDLE_BELOW, r);
    }
    double tail = tail(q < 0 ? probability : 1 - probability);
    return q < 0 ? -tail : tail;
  }

  /** Returns the number that is exceeded with a probability below 0.075. */
  private static double tail(double probability) {
    if (probability == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double r = Math.sqrt(-StableMath.log(probability));
    return r <= FAR
        ? ratio(TAIL_ABOVE, TAIL_BELOW, r - FAR_START)
        : ratio(FAR_ABOVE, FAR_BELOW, r - FAR);
  }

  private static double ratio(double[] above, double[] below, double x) {
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < above.length; i++) {
      numerator = numerator * x + above[i];
      denominator = denominator * x + below[i];
    }
    return numerator / denominator;
  }
}
