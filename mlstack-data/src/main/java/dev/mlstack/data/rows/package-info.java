/**
 * Rows that an application holds: {@link dev.mlstack.data.rows.Rows} makes a {@link
 * dev.mlstack.table.Source} of records, {@link dev.mlstack.data.rows.Rejects} gives the text of
 * rows that were set aside another chance.
 */
@NullMarked
package dev.mlstack.data.rows;

import org.jspecify.annotations.NullMarked;
