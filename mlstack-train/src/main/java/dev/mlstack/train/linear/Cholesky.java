package dev.mlstack.train.linear;

/**
 * The factor {@code L} of a symmetric positive definite matrix {@code A = L L'}, with which linear
 * equations are solved (A.-L. Cholesky; see G. Golub and C. Van Loan, "Matrix Computations",
 * section 4.2).
 */
final class Cholesky {

  /** A pivot below this part of its diagonal element is rounding error. */
  private static final double LEAST_PIVOT = 1e-13;

  /** The first shift that is tried, beside the greatest element of the diagonal. */
  private static final double FIRST_SHIFT = 1e-10;

  private static final double SHIFT_GROWTH = 100;

  private final int size;
  private final double[] factor;

  private Cholesky(int size, double[] factor) {
    this.size = size;
    this.factor = factor;
  }

  /**
   * Factors a matrix. If it is not positive definite within the precision of a double, its diagonal
   * is raised until it is.
   *
   * @param triangle the rows of the lower triangle, one after another; finite
   */
  static Cholesky of(int size, double[] triangle) {
    double[] factor = triangle.clone();
    double shift = 0;
    while (!factor(size, factor, shift)) {
      shift = shift == 0 ? firstShift(size, triangle) : SHIFT_GROWTH * shift;
      System.arraycopy(triangle, 0, factor, 0, triangle.length);
    }
    return new Cholesky(size, factor);
  }

  private static double firstShift(int size, double[] triangle) {
    double greatest = 0;
    for (int i = 0; i < size; i++) {
      greatest = Math.max(greatest, Math.abs(triangle[index(i, i)]));
    }
    return greatest > Double.MIN_NORMAL ? FIRST_SHIFT * greatest : 1;
  }

  private static int index(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  /** Replaces a triangle by its factor, unless a pivot is not positive. */
  private static boolean factor(int size, double[] a, double shift) {
    for (int i = 0; i < size; i++) {
      int rowI = index(i, 0);
      for (int j = 0; j < i; j++) {
        int rowJ = index(j, 0);
        a[rowI + j] = (a[rowI + j] - Vectors.dot(a, rowI, a, rowJ, j)) / a[rowJ + j];
      }
      double diagonal = a[rowI + i] + shift;
      double pivot = diagonal - Vectors.dot(a, rowI, a, rowI, i);
      if (!(pivot > LEAST_PIVOT * diagonal)) {
        return false;
      }
      a[rowI + i] = Math.sqrt(pivot);
    }
    return true;
  }

  /**
   * Replaces the right side of a linear equation by its solution.
   *
   * @param x the array that has the right side
   * @param from the index in {@code x} of its first number
   */
  void solve(double[] x, int from) {
    for (int i = 0; i < size; i++) {
      int row = index(i, 0);
      x[from + i] = (x[from + i] - Vectors.dot(factor, row, x, from, i)) / factor[row + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      int row = index(i, 0);
      x[from + i] /= factor[row + i];
      for (int k = 0; k < i; k++) {
        x[from + k] -= factor[row + k] * x[from + i];
      }
    }
  }
}
