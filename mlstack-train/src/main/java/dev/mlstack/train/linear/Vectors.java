package dev.mlstack.train.linear;

/** Arithmetic of vectors, each in one fixed order. */
final class Vectors {

  private Vectors() {}

  /**
   * Returns the inner product of two stretches. Every fourth product is added to one of four sums,
   * which do not wait for each other; these are added at the end.
   */
  static double dot(double[] a, int fromA, double[] b, int fromB, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < length - 3; i += 4) {
      sum0 += a[fromA + i] * b[fromB + i];
      sum1 += a[fromA + i + 1] * b[fromB + i + 1];
      sum2 += a[fromA + i + 2] * b[fromB + i + 2];
      sum3 += a[fromA + i + 3] * b[fromB + i + 3];
    }
    for (; i < length; i++) {
      sum0 += a[fromA + i] * b[fromB + i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  static double dot(double[] a, double[] b) {
    return dot(a, 0, b, 0, a.length);
  }

  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /** Adds {@code factor} times {@code a} to a stretch of {@code to}. */
  static void add(double factor, double[] a, double[] to, int at) {
    for (int i = 0; i < a.length; i++) {
      to[at + i] += factor * a[i];
    }
  }

  /** Returns {@code a + factor * b}. */
  static double[] sum(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    add(factor, b, sum, 0);
    return sum;
  }
}
