package dev.mlstack.core.model;

import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.table.DataException;
import java.util.List;

/** Checks labels and weights where they become examples. */
final class LabelCheck {

  private final List<Output> outputs;

  LabelCheck(Signature signature) {
    outputs = signature.outputs();
  }

  /**
   * Checks an example.
   *
   * @param labels the array that has its label
   * @param at the index in {@code labels} of the first number
   * @throws DataException if the label or the weight is not possible
   */
  void require(long rowId, double[] labels, int at, double weight) {
    int place = at;
    for (Output output : outputs) {
      for (int i = 0; i < output.labelWidth(); i++) {
        require(rowId, output, labels[place++]);
      }
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new DataException(
          "the weight of row " + rowId + " must be finite and not negative but is " + weight);
    }
  }

  private static void require(long rowId, Output output, double label) {
    if (output instanceof Output.Classes classes) {
      if (!(label >= 0 && label < classes.width() && label == Math.rint(label))) {
        throw wrong(rowId, output, "the index of one of " + classes.width() + " classes", label);
      }
    } else if (!Double.isFinite(label)) {
      throw wrong(rowId, output, "finite", label);
    }
  }

  private static DataException wrong(long rowId, Output output, String rule, double label) {
    return new DataException(
        "label '"
            + output.column()
            + "' of row "
            + rowId
            + " must be "
            + rule
            + " but is "
            + label);
  }
}
