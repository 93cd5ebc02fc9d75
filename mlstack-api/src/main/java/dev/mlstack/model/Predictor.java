package dev.mlstack.model;

import dev.mlstack.feature.RowEncoder;
import dev.mlstack.schema.Schema;
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

  Predictor(FittedModel<A> fitted, Schema rows) {
    this.fitted = fitted;
    this.encoder = fitted.pipeline().encoder(rows);
    this.outputWidth = fitted.model().signature().outputWidth();
  }

  /**
   * Returns the typed answer for a row.
   *
   * @throws IllegalArgumentException if the row is of another schema
   * @throws IllegalStateException if the fitted model is closed
   */
  public A predict(Row row) {
    return fitted.label().answer(outputs(row));
  }

  /**
   * Returns the numbers that the model gives for a row, as {@link Model#score} does.
   *
   * @throws IllegalArgumentException if the row is of another schema
   * @throws IllegalStateException if the fitted model is closed
   */
  public double[] outputs(Row row) {
    float[] features = new float[encoder.width()];
    double[] outputs = new double[outputWidth];
    encoder.encode(row, features, 0);
    fitted.model().score(features, 1, outputs);
    return outputs;
  }
}
