package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Cause;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A prediction log in an object store.
 *
 * <p>Entries are handed to one background thread. With a journal, that thread makes them durable
 * there at least once a second, and stores them as a segment when {@link #SEGMENT_ENTRIES} of an
 * endpoint have gathered, or when the log is closed; what a process that died left in its journal
 * is stored by the next that opens the same directory. Without a journal, entries are stored as a
 * segment at least once a second.
 *
 * <p>Entries of this process are found as soon as they are flushed; those of others, once they are
 * stored as a segment. Numbers come back with the same bits, but for the sign of zero and the
 * payload of NaN, which the canonical bytes of a table do not keep.
 *
 * <p>If the disk fails, nothing is dropped: {@link #flush} says so, and the entries wait in memory
 * until writing succeeds again. Only when there is no more room for them, {@link #append} refuses.
 */
public final class StoredPredictionLog implements PredictionLog {

  /** How many entries of an endpoint make a segment: 16,384. */
  public static final int SEGMENT_ENTRIES = 16_384;

  /** How many entries may wait to be written before {@link #append} waits: 65,536. */
  public static final int QUEUE_CAPACITY = 65_536;

  /**
   * About how many bytes entries may take that wait to be written, or for their segment, unless it
   * is a single one: 64 MiB.
   */
  public static final long QUEUE_BYTES = 64L << 20;

  private static final Logger LOGGER = LoggerFactory.getLogger(StoredPredictionLog.class);

  private final Segments segments;
  private final @Nullable Journal journal;
  private final Intake intake = new Intake(QUEUE_CAPACITY, QUEUE_BYTES);
  private final Pending pending = new Pending();
  private final Thread writer;

  /** Names of endpoints that are known to be well-formed. */
  private final Set<String> endpoints = ConcurrentHashMap.newKeySet();

  /** Copies rows of the schema that came last. */
  private volatile @Nullable RowCopier copier;

  /** Why the writer could not store everything, if it could not. */
  private volatile RuntimeException failure = new IllegalStateException("its thread has ended");

  /** Whether everything is in segments and nothing will come any more. */
  private volatile boolean stored;

  private boolean closed; // Guarded by this.
  private boolean failing; // Of the writer alone.

  private StoredPredictionLog(Segments segments, @Nullable Journal journal) {
    this.segments = segments;
    this.journal = journal;
    this.writer = new Thread(this::write, "mlstack prediction log");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Opens a log without a journal. The caller closes it.
   *
   * @param store takes the segments; belongs to the caller, as do the refs
   * @param refs names the last segment of each endpoint
   * @param by who writes: a person or a program
   */
  public static StoredPredictionLog open(ObjectStore store, Refs refs, String by) {
    return new StoredPredictionLog(segments(store, refs, by), null);
  }

  /**
   * Opens a log with a journal, and stores what dead processes left in theirs. What of it is
   * damaged is left in the directory, in files whose names end with {@code .damaged}. The caller
   * closes the log.
   *
   * @param store takes the segments; belongs to the caller, as do the refs
   * @param refs names the last segment of each endpoint
   * @param by who writes: a person or a program
   * @param journals the directory of the journals; created if it is not there
   * @throws IOException if the journal cannot be created
   * @throws StoreException if what was left cannot be stored; it stays where it is
   */
  public static StoredPredictionLog open(ObjectStore store, Refs refs, String by, Path journals)
      throws IOException {
    Segments segments = segments(store, refs, by);
    Files.createDirectories(journals);
    for (Path abandoned : Journal.others(journals)) {
      Recovery.run(abandoned, segments);
    }
    return new StoredPredictionLog(segments, Journal.create(journals));
  }

  private static Segments segments(ObjectStore store, Refs refs, String by) {
    return new Segments(store, refs, new Cause(by, "").by());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the endpoint has no name that a ref can have, or the input
   *     a value that its column cannot hold
   * @throws StoreException if there is no more room because what came before cannot be written
   */
  @Override
  public void append(LoggedPrediction prediction) {
    if (!endpoints.contains(prediction.endpoint())) {
      endpoints.add(RefName.of(prediction.endpoint()).path());
    }
    intake.append(
        new LoggedPrediction(
            prediction.id(),
            prediction.endpoint(),
            prediction.release(),
            prediction.fittedModel(),
            prediction.input() instanceof CopiedRow row
                ? row
                : copier(prediction.input().schema()).copy(prediction.input()),
            canonical(prediction.outputs()),
            prediction.nanos()));
  }

  private RowCopier copier(Schema schema) {
    RowCopier last = copier;
    if (last == null || !last.schema().equals(schema)) {
      last = RowCopier.of(schema);
      copier = last;
    }
    return last;
  }

  /** Returns a copy of numbers as the log keeps them. */
  private static double[] canonical(double[] numbers) {
    double[] canonical = new double[numbers.length];
    for (int i = 0; i < canonical.length; i++) {
      canonical[i] = Double.isNaN(numbers[i]) ? Double.NaN : numbers[i] + 0.0;
    }
    return canonical;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the log is closed
   * @throws StoreException if they cannot be written; they are kept, and a later flush tries again
   */
  @Override
  public void flush() {
    CompletableFuture<Void> done = intake.flush();
    try {
      done.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreException("cannot flush the prediction log: " + cause.getMessage(), cause);
    }
  }

  @Override
  public Optional<LoggedPrediction> find(PredictionId id) {
    return pending.find(id).or(() -> segments.find(id));
  }

  @Override
  public void forEach(String endpoint, Consumer<? super LoggedPrediction> action) {
    Merge merge = new Merge();
    // In this order: an entry that is stored meanwhile is in both, never in none.
    List<LoggedPrediction> open = pending.of(endpoint);
    if (!open.isEmpty()) {
      merge.add(open.get(0).id(), () -> open);
    }
    for (Segment segment : segments.of(endpoint)) {
      merge.add(segment.first(), () -> segments.entries(segment));
    }
    merge.forEach(action);
  }

  /** The life of the background thread. */
  private void write() {
    try {
      boolean last = false;
      while (!last) {
        Intake.Work work = intake.take();
        last = work.last();
        write(work);
      }
    } finally {
      intake.close();
      fail(intake.take().flushes());
    }
  }

  private void write(Intake.Work work) {
    try {
      if (work.last()) {
        saveLast(work.entries());
        stored = true;
      } else {
        save(work.entries());
      }
      failing = false;
      work.flushes().forEach(done -> done.complete(null));
    } catch (RuntimeException e) {
      if (!failing) {
        LOGGER.error("the prediction log cannot be written; it keeps its entries and goes on", e);
      }
      failing = true;
      failure = e;
      intake.failed(e);
    } finally {
      fail(work.flushes());
    }
  }

  /** Ends the waiting of those who were not told yet, also if this thread dies of an error. */
  private void fail(List<CompletableFuture<Void>> flushes) {
    RuntimeException cause = failure;
    flushes.forEach(done -> done.completeExceptionally(cause));
  }

  /** Makes entries durable, after those before them have become segments if they are many. */
  private void save(List<LoggedPrediction> entries) {
    if (pending.reaches(SEGMENT_ENTRIES, QUEUE_BYTES)) {
      seal();
    }
    if (journal != null && !entries.isEmpty()) {
      journal.append(entries, SEGMENT_ENTRIES);
    }
    pending.add(entries);
    intake.saved();
    if (journal == null) {
      seal();
    }
  }

  /** Stores everything; or else leaves it to the journal, and fails. */
  private void saveLast(List<LoggedPrediction> entries) {
    pending.add(entries);
    try {
      seal();
    } catch (RuntimeException e) {
      if (journal != null && !entries.isEmpty()) {
        journal.append(entries, SEGMENT_ENTRIES);
      }
      throw e;
    }
  }

  /** Stores everything pending. */
  private void seal() {
    for (Groups.Group group : Groups.of(pending.all(), SEGMENT_ENTRIES)) {
      segments.append(group);
      pending.remove(group.entries());
    }
    if (journal != null) {
      journal.clear();
    }
  }

  /**
   * Stores everything that was added as segments and ends the background thread. Closing twice does
   * nothing.
   *
   * @throws StoreException if something cannot be stored; what is in the journal is stored by
   *     whoever opens it next
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    intake.close();
    awaitWriter();
    if (stored) {
      if (journal != null) {
        journal.delete();
      }
      return;
    }
    StoreException incomplete =
        new StoreException(
            "the prediction log was closed but could not store all entries: "
                + failure.getMessage(),
            failure);
    leaveJournal(incomplete);
    throw incomplete;
  }

  /** Leaves the journal to whoever opens it next. */
  private void leaveJournal(StoreException incomplete) {
    try {
      if (journal != null) {
        journal.leave();
      }
    } catch (StoreException e) {
      incomplete.addSuppressed(e);
    }
  }

  private void awaitWriter() {
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
