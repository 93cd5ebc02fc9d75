package dev.mlstack.model;

import dev.mlstack.feature.RowEncoder;
import dev.mlstack.table.Row;

/**
 * Answers for single rows of one schema; made by {@link FittedModel#predictor}. Safe for use by
 * several threads.
 *
 * @param <A> the answer
 */
public final class Predictor<A> {

  private final FittedModel<A> fitted;
  private final RowEncoder encoder;
  private final int outputWidth;

  Predictor(FittedModel<A> fitted, RowEncoder encoder) {
    this.fitted = fitted;
    this.encoder = encoder;
    this.outputWidth = fitted.model().signature().outputWidth();
  }

  /** Returns the typed answer for a row. */
  public A predict(Row row) {
    return fitted.label().answer(outputs(row));
  }

  /** Returns the numbers that the model gives for a row, as {@link Model#score} does. */
  public double[] outputs(Row row) {
    float[] features = new float[encoder.width()];
    double[] outputs = new double[outputWidth];
    encoder.encode(row, features, 0);
    fitted.model().score(features, 1, outputs);
    return outputs;
  }
}
