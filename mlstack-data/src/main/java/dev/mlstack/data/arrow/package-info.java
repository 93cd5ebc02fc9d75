/**
 * Tables whose columns are Apache Arrow vectors.
 *
 * <p>{@link dev.mlstack.data.arrow.ArrowTable} is such a table: it reads like any {@link
 * dev.mlstack.table.Table} and hands its vectors to who asks. {@link
 * dev.mlstack.data.arrow.ArrowTableBuilder} fills one, row by row or range by range.
 *
 * <p>Vectors are written and read in blocks through the getters and setters of their buffers, never
 * as direct byte buffers, so that no flag of the JVM is needed.
 */
@NullMarked
package dev.mlstack.data.arrow;

import org.jspecify.annotations.NullMarked;
