package dev.mlstack.model;

/**
 * Some examples to learn from: encoded features with labels. Borrowed; nobody changes the arrays.
 *
 * @param rows how many examples
 * @param features row by row, {@code rows} times {@link Signature#width()} numbers
 * @param labels row by row, {@code rows} times {@link Signature#labelWidth()} numbers: a quantity,
 *     the index of a class, or the numbers of an array
 * @param weights how much each example counts, one number for each row
 * @param rowIds the identity of each row
 */
public record ExampleBlock(
    int rows, float[] features, double[] labels, double[] weights, long[] rowIds) {}
