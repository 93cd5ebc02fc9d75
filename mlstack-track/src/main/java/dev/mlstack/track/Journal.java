package dev.mlstack.track;

import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a tracker keeps its runs: those under way, of which this is the only copy, and those that
 * were sealed, of which this is an index. This is all in which trackers differ.
 *
 * <p>Safe for use by several threads. Every change is all or nothing; a method that changes
 * something throws {@link dev.mlstack.store.StoreException} if it cannot.
 */
interface Journal extends AutoCloseable {

  /** Adds a run. */
  void begin(RunId id, RunRequest request, Instant started);

  /**
   * Adds to runs that were begun here.
   *
   * @param through whether it must survive the death of the machine, and not only of the process
   * @throws RunsTakenException if another process has ended the runs of this one
   */
  void append(List<Entry> entries, boolean through);

  /**
   * Says that this process is alive, without adding anything.
   *
   * @throws RunsTakenException if another process has ended the runs of this one
   */
  void beat();

  /** Notes that a run was sealed into a record. */
  void seal(RunId id, RunStatus status, Instant ended, Digest record);

  /** Adds runs that were sealed, in place of what is known of them. */
  void restore(List<RunLog> sealed);

  /** Returns the runs that were sealed. */
  Set<RunId> sealed();

  /** Removes runs. */
  void forget(Set<RunId> ids);

  /**
   * Takes over the runs of processes that have died, which are killed from now on and belong to
   * this one until they are sealed.
   */
  List<Orphan> adopt();

  /** Returns everything about a run. */
  Optional<RunLog> read(RunId id);

  /** As {@link dev.mlstack.run.Tracker#find}. */
  Optional<RunInfo> find(RunId id);

  /** As {@link dev.mlstack.run.Tracker#list}. */
  List<RunInfo> list(RunQuery query);

  /** As {@link dev.mlstack.run.Tracker#history}. */
  List<MetricPoint> history(RunId id, String metric);

  @Override
  void close();

  /**
   * A run whose process has died.
   *
   * @param id the run
   * @param ended when the process was last heard of
   */
  record Orphan(RunId id, Instant ended) {}
}
