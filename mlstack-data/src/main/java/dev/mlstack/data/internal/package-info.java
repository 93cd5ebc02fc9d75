/**
 * What the packages of this module share. Not for applications.
 *
 * <p>What tells rows apart: {@link dev.mlstack.data.internal.RowBytes} writes the values of a row
 * in one canonical form, {@link dev.mlstack.data.internal.XxHash64} hashes it, {@link
 * dev.mlstack.data.internal.KeyIndex} finds equal ones and {@link
 * dev.mlstack.data.internal.Occurrences} counts them.
 *
 * <p>What every source does: {@link dev.mlstack.data.internal.Projection} says which columns are
 * wanted of it, {@link dev.mlstack.data.internal.CellWriter} takes values into columns, {@link
 * dev.mlstack.data.internal.RowsReader} makes tables of rows, and {@link
 * dev.mlstack.data.internal.RejectLimit} ends the reading when too many are bad.
 *
 * <p>How text becomes values: {@link dev.mlstack.data.internal.Numbers}, {@link
 * dev.mlstack.data.internal.Times}, {@link dev.mlstack.data.internal.Spellings}, and {@link
 * dev.mlstack.data.internal.TypeGuess}, which infers types.
 *
 * <p>Where bytes come from: {@link dev.mlstack.data.internal.Inputs} are files or a stream, {@link
 * dev.mlstack.data.internal.InputMeter} counts and hashes what is read of them, {@link
 * dev.mlstack.data.internal.TextCoding} unpacks and decodes it, and {@link
 * dev.mlstack.data.internal.OrderedPipeline} works on pieces of it in parallel.
 */
@NullMarked
package dev.mlstack.data.internal;

import org.jspecify.annotations.NullMarked;
