package dev.mlstack.track;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.run.RunId;
import dev.mlstack.store.Ref;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoreProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sealed runs from their records into a journal. Runs are brought back in groups, so that
 * others who use the journal need not wait for the end.
 */
final class Rebuild {

  /** How many runs, and how many points, make a group. */
  private static final int GROUP_RUNS = 64;

  private static final int GROUP_POINTS = 1 << 20;

  private final Journal journal;
  private final RunArchive archive;
  private final Set<RunId> gone;
  private final List<RunLog> group = new ArrayList<>();
  private final List<StoreProblem> problems = new ArrayList<>();
  private long points;

  /**
   * Prepares to read runs.
   *
   * @param gone the runs that are forgotten in the end unless they are read
   */
  Rebuild(Journal journal, RunArchive archive, Set<RunId> gone) {
    this.journal = journal;
    this.archive = archive;
    this.gone = new HashSet<>(gone);
  }

  /**
   * Reads the runs that refs point to, and forgets those that are gone.
   *
   * @return the runs that cannot be read
   */
  List<StoreProblem> run(List<Ref> sealed, Execution execution) {
    for (int i = 0; i < sealed.size(); i++) {
      execution.checkCancelled("rebuilding the tracker");
      execution.report(Progress.of("rebuild tracker", i, sealed.size()));
      read(sealed.get(i)).ifPresent(this::add);
    }
    restoreGroup();
    journal.forget(gone);
    execution.report(Progress.of("rebuild tracker", sealed.size(), sealed.size()));
    return problems;
  }

  private Optional<RunLog> read(Ref ref) {
    try {
      return Optional.of(archive.read(ref.target()));
    } catch (StoreException e) {
      String what = String.valueOf(e.getMessage());
      problems.add(new StoreProblem(Optional.of(ref.target()), ref.name().path(), what));
      return Optional.empty();
    }
  }

  private void add(RunLog log) {
    gone.remove(log.info().id());
    group.add(log);
    points += log.points().values().stream().mapToLong(Points::size).sum();
    if (group.size() >= GROUP_RUNS || points >= GROUP_POINTS) {
      restoreGroup();
    }
  }

  private void restoreGroup() {
    journal.restore(group);
    group.clear();
    points = 0;
  }
}
