/**
 * What tells rows apart and what compares texts. Not for applications.
 *
 * <p>{@link dev.mlstack.data.internal.RowBytes} writes the values of a row in one canonical form,
 * {@link dev.mlstack.data.internal.XxHash64} hashes it, {@link dev.mlstack.data.internal.KeyIndex}
 * finds equal ones and {@link dev.mlstack.data.internal.Occurrences} counts them. All readers find
 * columns with {@link dev.mlstack.data.internal.Names}, and categories with {@link
 * dev.mlstack.data.internal.Spellings}.
 */
@NullMarked
package dev.mlstack.data.internal;

import org.jspecify.annotations.NullMarked;
