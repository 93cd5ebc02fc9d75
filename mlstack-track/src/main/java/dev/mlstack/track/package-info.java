/**
 * Trackers.
 *
 * <p>{@link dev.mlstack.track.SqliteTracker} keeps runs in a file that several processes may share;
 * {@link dev.mlstack.track.MemoryTracker} keeps them in the memory of the process. In both, a
 * program logs into a bounded queue, one writer at a time moves what is queued into a journal, and
 * a run that ends is sealed into a record. From then on the journal's copy of the run is an index
 * of the record and no more: it can be deleted and {@linkplain
 * dev.mlstack.track.SqliteTracker#rebuild rebuilt}.
 */
@NullMarked
package dev.mlstack.track;

import org.jspecify.annotations.NullMarked;
