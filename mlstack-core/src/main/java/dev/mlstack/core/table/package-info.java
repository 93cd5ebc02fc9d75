/**
 * Tables on the Java heap, and the canonical bytes of columns.
 *
 * <p>{@link dev.mlstack.core.table.MemoryTable} is a table that needs no Arrow; {@link
 * dev.mlstack.core.table.MemoryDataset} a dataset of one. {@link
 * dev.mlstack.core.table.ColumnCodec} turns columns into the bytes that snapshots and the
 * prediction log store, whatever kind of table they come from; {@link
 * dev.mlstack.core.table.TableCodec} does so for whole tables.
 */
@NullMarked
package dev.mlstack.core.table;

import org.jspecify.annotations.NullMarked;
