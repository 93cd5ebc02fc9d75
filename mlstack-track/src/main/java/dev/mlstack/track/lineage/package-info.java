/**
 * The graph of all objects, indexed so that it can be walked in both directions.
 *
 * <p>{@link dev.mlstack.track.lineage.SqliteLineage} keeps the index in a file, {@link
 * dev.mlstack.track.lineage.MemoryLineage} in the memory of the process. Either can be thrown away
 * and made anew from the objects.
 */
@NullMarked
package dev.mlstack.track.lineage;

import org.jspecify.annotations.NullMarked;
