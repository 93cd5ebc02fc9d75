package dev.mlstack.table;

/** Calls method handles, whose signature may throw anything. */
final class Handles {

  private Handles() {}

  /** A call of a method handle. */
  interface Call {
    Object run() throws Throwable;
  }

  static Object call(Call call) {
    try {
      return call.run();
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Rethrows what accessors and constructors of records throw, which is unchecked. */
  static RuntimeException unchecked(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a record threw a checked exception", e);
  }
}
