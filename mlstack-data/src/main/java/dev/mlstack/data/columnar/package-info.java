/**
 * What files of typed columns have in common, whatever their format.
 *
 * <p>A {@link dev.mlstack.data.columnar.ColumnarSource} is a file and what is wanted of it. It
 * opens a {@link dev.mlstack.data.columnar.ColumnarFile}, which tells the {@link
 * dev.mlstack.data.columnar.ColumnType} of each of its columns and reads them into {@link
 * dev.mlstack.data.columnar.RawColumn}s, all columns of a batch at the same time if the caller's
 * execution allows it. From there on one conversion for each pair of types makes our columns, or
 * says why it cannot. Who adds a format extends the first two.
 */
@NullMarked
package dev.mlstack.data.columnar;

import org.jspecify.annotations.NullMarked;
