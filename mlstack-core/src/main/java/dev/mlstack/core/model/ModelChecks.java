package dev.mlstack.core.model;

import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.store.VersionedName;

/** What all models check and say alike. */
public final class ModelChecks {

  private ModelChecks() {}

  /** Checks that a model may still be used. */
  static void requireOpen(boolean closed) {
    if (closed) {
      throw new IllegalStateException("the model is closed; load it again");
    }
  }

  /**
   * Checks the arguments of {@link Model#score}.
   *
   * @param width how many numbers go in for a row
   * @param outputWidth how many numbers come out for a row
   * @throws IllegalArgumentException if an array is too short, or {@code rows} is negative
   */
  public static void require(
      float[] features, int width, int rows, double[] outputs, int outputWidth) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows must be at least 0 but was " + rows);
    }
    requireRoom("features", features.length, (long) rows * width);
    requireRoom("outputs", outputs.length, (long) rows * outputWidth);
  }

  private static void requireRoom(String what, int length, long needed) {
    if (length < needed) {
      throw new IllegalArgumentException(
          what + " must have room for " + needed + " numbers but have it for " + length);
    }
  }

  /** Returns what {@code toString} of a model says. */
  public static String describe(VersionedName type, Model model) {
    return type
        + " of "
        + model.signature().outputs().stream().map(Output::column).toList()
        + " "
        + model.digest().abbreviated();
  }
}
