package dev.mlstack.track;

import dev.mlstack.compute.Execution;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.Value;
import dev.mlstack.track.environment.Environment;
import dev.mlstack.track.environment.EnvironmentOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all trackers have in common: the queue, its writer, and how runs begin and are sealed. They
 * differ in their {@link Journal}.
 *
 * <p>A run is sealed in this order: what was logged is made durable in the journal; the record is
 * made durable in the store; the ref {@code runs/<id>} is created; the journal notes the record. If
 * the process dies before the ref is there, the run was killed. If it dies after, the run had
 * ended, and whoever takes it over reads how from its record.
 */
abstract class JournalTracker implements Tracker {

  private static final RefName RUNS = RefName.of("runs");

  private final Journal journal;
  private final ObjectStore store;
  private final Refs refs;
  private final EnvironmentOptions options;
  private final RunArchive archive;
  private final EntryQueue queue = new EntryQueue();
  private final Map<RunId, OpenRun> open = new ConcurrentHashMap<>();
  private final JournalWriter writer;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private @Nullable CompletableFuture<Environment> environment;
  private boolean closed;

  /**
   * Creates a tracker.
   *
   * @param name what people call it
   * @param journal is owned by the tracker from now on
   */
  JournalTracker(
      String name, Journal journal, ObjectStore store, Refs refs, EnvironmentOptions options) {
    this.journal = journal;
    this.store = store;
    this.refs = refs;
    this.options = options;
    this.archive = new RunArchive(store);
    this.writer = new JournalWriter(name, queue, journal, () -> !open.isEmpty());
  }

  /** Begins to write. To be called once, when everything else is ready. */
  final void startWriting() {
    writer.start();
  }

  @Override
  public final Run start(RunRequest request) {
    lifecycle.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tracker is closed; open it again to start a run");
      }
      OpenRun run = new OpenRun(RunId.random(), request, this, queue, environment());
      journal.begin(run.id(), request, now());
      open.put(run.id(), run);
      run.logEnvironmentSoon();
      return run;
    } finally {
      lifecycle.unlock();
    }
  }

  /** Returns the environment of this process, which is captured aside, and only if it is needed. */
  private CompletableFuture<Environment> environment() {
    CompletableFuture<Environment> captured = environment;
    if (captured == null) {
      captured =
          CompletableFuture.supplyAsync(() -> Environment.capture(options), JournalTracker::aside)
              .exceptionally(JournalTracker::unknown);
      environment = captured;
    }
    return captured;
  }

  private static void aside(Runnable task) {
    Thread thread = new Thread(task, "mlstack environment");
    thread.setDaemon(true);
    thread.start();
  }

  private static Environment unknown(Throwable e) {
    return Environment.of(Value.doc().put("error", e.getClass().getName()).build());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public final Optional<RunInfo> find(RunId id) {
    return journal.find(id);
  }

  @Override
  public final List<RunInfo> list(RunQuery query) {
    return journal.list(query);
  }

  @Override
  public final List<MetricPoint> history(RunId id, String metric) {
    return journal.history(id, metric);
  }

  /** Ends a run of this tracker, and returns its record, or nothing if it has ended before. */
  final Optional<Digest> end(OpenRun run, RunStatus status) {
    run.ending().lock();
    try {
      if (run.ended()) {
        return Optional.empty();
      }
      run.logEnvironment();
      CompletableFuture<Void> written = queue.stop(run);
      boolean sealed = false;
      try {
        await(written);
        Digest record = seal(run.id(), status, now());
        run.end();
        open.remove(run.id());
        sealed = true;
        return Optional.of(record);
      } finally {
        if (!sealed) {
          queue.resume(run);
        }
      }
    } finally {
      run.ending().unlock();
    }
  }

  private static void await(CompletableFuture<Void> future) {
    try {
      future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Seals a run whose entries are all in the journal. */
  private Digest seal(RunId id, RunStatus status, Instant ended) {
    RefName name = RUNS.child(id.value());
    Optional<Ref> sealedBefore = refs.find(name);
    if (sealedBefore.isPresent()) {
      return restore(sealedBefore.get().target());
    }
    RunLog log =
        journal
            .read(id)
            .orElseThrow(() -> new StoreException("run " + id + " is gone from the journal"));
    Instant last = ended.isBefore(log.info().started()) ? log.info().started() : ended;
    Cause cause =
        new Cause(log.info().request().by(), "run " + status.name().toLowerCase(Locale.ROOT));
    try (Batch batch = store.batch()) {
      Digest record = archive.write(batch, log.ended(status, last));
      batch.commit();
      if (!refs.create(name, record, cause)) {
        return seal(id, status, ended);
      }
      journal.seal(id, status, last, record);
      return record;
    }
  }

  /** Takes over what a process has sealed that died right after. */
  private Digest restore(Digest record) {
    journal.restore(List.of(archive.read(record)));
    return record;
  }

  /** Ends the runs that were left by others, and returns them. */
  final List<RunId> endOrphans() {
    List<RunId> ended = new ArrayList<>();
    for (Journal.Orphan orphan : journal.adopt()) {
      seal(orphan.id(), RunStatus.KILLED, orphan.ended());
      ended.add(orphan.id());
    }
    return ended;
  }

  /**
   * Forgets all runs that were sealed and reads them anew, from the records that the refs below
   * {@code runs} point to. Runs under way stay: the journal is all there is of them.
   *
   * @param execution receives progress and may be cancelled; what was read by then is known
   * @return the runs that cannot be read, which are not known then; empty if all is well
   */
  public final List<StoreProblem> rebuild(Execution execution) {
    return new Rebuild(journal, archive, journal.sealed()).run(refs.list(RUNS), execution);
  }

  /**
   * Reads the runs that were sealed into the store and are not known yet, because others did it who
   * do not share this journal. It costs one look at all refs below {@code runs}.
   *
   * @param execution receives progress and may be cancelled; what was read by then is known
   * @return the runs that cannot be read; empty if all is well
   */
  public final List<StoreProblem> refresh(Execution execution) {
    Set<RunId> known = journal.sealed();
    List<Ref> unknown =
        refs.list(RUNS).stream()
            .filter(ref -> !known.contains(new RunId(ref.name().last())))
            .toList();
    return new Rebuild(journal, archive, Set.of()).run(unknown, execution);
  }

  @Override
  public final void close() {
    lifecycle.lock();
    try {
      if (!closed) {
        closed = true;
        try (journal) {
          endAll();
        }
      }
    } finally {
      lifecycle.unlock();
    }
  }

  /** Ends all runs and the writer, also if some of that fails. */
  private void endAll() {
    List<RuntimeException> failures = new ArrayList<>();
    for (OpenRun run : List.copyOf(open.values())) {
      attempt(() -> end(run, RunStatus.KILLED), failures);
    }
    attempt(writer::close, failures);
    if (!failures.isEmpty()) {
      RuntimeException first = failures.remove(0);
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private static void attempt(Runnable action, List<RuntimeException> failures) {
    try {
      action.run();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }
}
