/**
 * Reading files into tables: {@link dev.mlstack.data.read.Csv} reads comma-separated values.
 *
 * <p>A description of a file is a {@link dev.mlstack.table.Source}. It is read into Arrow tables of
 * up to 65,536 rows, in bounded memory. Rows that cannot be read are set aside with their place,
 * the value at fault and the reason.
 */
@NullMarked
package dev.mlstack.data.read;

import org.jspecify.annotations.NullMarked;
