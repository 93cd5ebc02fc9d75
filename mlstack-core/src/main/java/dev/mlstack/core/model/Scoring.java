package dev.mlstack.core.model;

import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.VersionedName;

/** What the models of this package share. */
final class Scoring {

  private Scoring() {}

  /** Checks the arguments of {@link Model#score}. */
  static void require(Signature signature, float[] features, int rows, double[] outputs) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows must be at least 0 but was " + rows);
    }
    requireRoom("features", features.length, (long) rows * signature.width());
    requireRoom("outputs", outputs.length, (long) rows * signature.outputWidth());
  }

  private static void requireRoom(String what, int length, long needed) {
    if (length < needed) {
      throw new IllegalArgumentException(
          what + " must have room for " + needed + " numbers but have it for " + length);
    }
  }

  /** Returns what {@code toString} of a model says. */
  static String describe(VersionedName type, Model model) {
    return type
        + " of "
        + model.signature().outputs().stream().map(Output::column).toList()
        + " "
        + model.digest().abbreviated();
  }
}
