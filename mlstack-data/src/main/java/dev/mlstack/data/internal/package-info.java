/**
 * What tells rows apart. Not for applications.
 *
 * <p>{@link dev.mlstack.data.internal.RowBytes} writes the values of a row in one canonical form,
 * {@link dev.mlstack.data.internal.XxHash64} hashes it, {@link dev.mlstack.data.internal.KeyIndex}
 * finds equal ones and {@link dev.mlstack.data.internal.Occurrences} counts them.
 */
@NullMarked
package dev.mlstack.data.internal;

import org.jspecify.annotations.NullMarked;
