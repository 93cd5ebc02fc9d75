/**
 * Rows and columns.
 *
 * <p>A {@link dev.mlstack.table.Dataset} is data that can be read again and again: the same rows in
 * the same order, each with an identity, under one {@link dev.mlstack.schema.Schema}. It is read as
 * a sequence of {@link dev.mlstack.table.Table}s, whose columns are read in bulk ({@link
 * dev.mlstack.table.ColumnData}) or whose rows are read one by one ({@link dev.mlstack.table.Row}).
 * A {@link dev.mlstack.table.Split} divides a dataset by the identity of its rows.
 *
 * <p>A {@link dev.mlstack.table.Source} is where rows come from before they are a dataset: a file,
 * a query; its {@link dev.mlstack.table.SourceReader} sets aside what it cannot read. A {@link
 * dev.mlstack.table.RecordMapper} turns Java records into rows and back.
 *
 * <p>Tables are borrowed: a table is valid until its reader moves on or is closed. Copy what must
 * live longer.
 */
@NullMarked
package dev.mlstack.table;

import org.jspecify.annotations.NullMarked;
