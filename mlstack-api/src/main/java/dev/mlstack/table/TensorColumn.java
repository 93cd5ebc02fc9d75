package dev.mlstack.table;

/** Values of type tensor. */
public non-sealed interface TensorColumn extends ColumnData {

  /**
   * Copies the tensor of a row, the last dimension fastest; NaN in every place if it is missing.
   *
   * @param to takes as many numbers as the type says
   * @param at the index in {@code to} of the first
   */
  void read(int row, float[] to, int at);
}
