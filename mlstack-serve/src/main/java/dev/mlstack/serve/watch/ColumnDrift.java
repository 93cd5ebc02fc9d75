package dev.mlstack.serve.watch;

import dev.mlstack.store.Value;

/**
 * How one column of live traffic differs from the training data.
 *
 * @param column the name of the column
 * @param distance the Jensen-Shannon distance, from 0 to 1
 * @param pValue the probability of such a difference by chance
 * @param adjusted that probability, adjusted for the number of columns (Y. Benjamini and Y.
 *     Hochberg, "Controlling the false discovery rate", 1995)
 * @param unseen how many live values the training data did not have, as far as its profile knows
 * @param drifted whether the policy calls it drift
 */
public record ColumnDrift(
    String column, double distance, double pValue, double adjusted, long unseen, boolean drifted) {

  Value toValue() {
    return Value.doc()
        .put("column", column)
        .put("distance", distance)
        .put("p-value", pValue)
        .put("adjusted", adjusted)
        .put("unseen", unseen)
        .put("drifted", drifted)
        .build();
  }

  static ColumnDrift fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    return new ColumnDrift(
        doc.text("column"),
        doc.real("distance"),
        doc.real("p-value"),
        doc.real("adjusted"),
        doc.whole("unseen"),
        doc.flag("drifted"));
  }
}
