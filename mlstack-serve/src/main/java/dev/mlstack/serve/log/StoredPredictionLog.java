package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A prediction log in an object store.
 *
 * <p>Entries go through a bounded queue to one background thread. With a journal, that thread makes
 * them durable there at least once a second, and stores them as a segment when {@link
 * #SEGMENT_ENTRIES} of an endpoint have gathered, or when the log is closed; what a process that
 * died left in its journal is stored by the next that opens the same directory. Without a journal,
 * every flush stores a segment.
 *
 * <p>Entries of this process are found as soon as they are flushed; those of others, once they are
 * stored as a segment.
 */
public final class StoredPredictionLog implements PredictionLog {

  /** How many entries of an endpoint make a segment: 16,384. */
  public static final int SEGMENT_ENTRIES = 16_384;

  /** How many entries may wait to be written before {@link #append} waits: 65,536. */
  public static final int QUEUE_CAPACITY = 65_536;

  private static final Logger LOGGER = LoggerFactory.getLogger(StoredPredictionLog.class);
  private static final int DRAIN = 4096;
  private static final long FLUSH_MILLIS = 1000;
  private static final long WAIT_MILLIS = 100;

  private final Segments segments;
  private final @Nullable Journal journal;

  /** Entries, and futures of those who wait until all before them is durable. */
  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

  private final Thread writer;

  /** Durable entries that are in no segment yet, by endpoint. Guarded by itself. */
  private final Map<String, List<LoggedPrediction>> pending = new HashMap<>();

  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  private StoredPredictionLog(Segments segments, @Nullable Journal journal) {
    this.segments = segments;
    this.journal = journal;
    this.writer = new Thread(this::write, "mlstack prediction log");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Opens a log without a journal: every flush stores a segment.
   *
   * @param store takes the segments; belongs to the caller, as do the refs
   * @param refs names the last segment of each endpoint
   * @param by who writes: a person or a program
   */
  public static StoredPredictionLog open(ObjectStore store, Refs refs, String by) {
    return new StoredPredictionLog(new Segments(store, refs, by), null);
  }

  /**
   * Opens a log with a journal, and stores what dead processes left in theirs.
   *
   * @param store takes the segments; belongs to the caller, as do the refs
   * @param refs names the last segment of each endpoint
   * @param by who writes: a person or a program
   * @param journals the directory of the journals; created if it is not there
   * @throws IOException if the journal cannot be created
   */
  public static StoredPredictionLog open(ObjectStore store, Refs refs, String by, Path journals)
      throws IOException {
    Files.createDirectories(journals);
    Segments segments = new Segments(store, refs, by);
    for (Journal abandoned : Journal.abandoned(journals)) {
      recover(abandoned, segments);
      abandoned.close(/* delete= */ true);
    }
    return new StoredPredictionLog(segments, Journal.create(journals));
  }

  /** Stores the entries of a journal that are in no segment yet. */
  private static void recover(Journal journal, Segments segments) {
    Map<String, List<LoggedPrediction>> entries = new LinkedHashMap<>();
    for (Journal.Block block : journal.read()) {
      entries.computeIfAbsent(block.endpoint(), e -> new ArrayList<>()).addAll(block.entries());
    }
    entries.forEach(
        (endpoint, list) -> {
          Set<PredictionId> stored = new HashSet<>();
          for (Segment segment : segments.of(endpoint)) {
            if (list.stream().anyMatch(entry -> segment.mayContain(entry.id()))) {
              segments.entries(segment).forEach(entry -> stored.add(entry.id()));
            }
          }
          list.removeIf(entry -> stored.contains(entry.id()));
          seal(segments, endpoint, list);
        });
  }

  /** Stores entries of one endpoint, a segment for each shape. */
  private static void seal(Segments segments, String endpoint, List<LoggedPrediction> entries) {
    byShape(entries).forEach((shape, list) -> segments.append(endpoint, list, shape));
  }

  private static Map<SegmentTable.Shape, List<LoggedPrediction>> byShape(
      List<LoggedPrediction> entries) {
    Map<SegmentTable.Shape, List<LoggedPrediction>> shapes = new LinkedHashMap<>();
    for (LoggedPrediction entry : entries) {
      shapes.computeIfAbsent(SegmentTable.Shape.of(entry), s -> new ArrayList<>()).add(entry);
    }
    return shapes;
  }

  @Override
  public void append(LoggedPrediction prediction) {
    put(prediction);
  }

  private void put(Object entry) {
    requireOpen();
    enqueue(entry);
    // The log may have been closed since: then the entry is either written by now, or taken back.
    if (!writer.isAlive() && queue.remove(entry)) {
      requireOpen();
    }
  }

  private void requireOpen() {
    RuntimeException cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the prediction log can no longer be written", cause);
    }
    if (closed) {
      throw new IllegalStateException("the prediction log is closed; open another one");
    }
  }

  /** Waits for a place in the queue, unless nobody will make room any more. */
  private void enqueue(Object entry) {
    try {
      while (!queue.offer(entry, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!writer.isAlive()) {
          requireOpen();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the prediction log", e);
    }
  }

  @Override
  public void flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    put(done);
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public Optional<LoggedPrediction> find(PredictionId id) {
    synchronized (pending) {
      for (List<LoggedPrediction> entries : pending.values()) {
        for (LoggedPrediction entry : entries) {
          if (entry.id().equals(id)) {
            return Optional.of(entry);
          }
        }
      }
    }
    return segments.find(id);
  }

  @Override
  public void forEach(String endpoint, Consumer<? super LoggedPrediction> action) {
    List<LoggedPrediction> open;
    List<Segment> chain;
    synchronized (pending) {
      open = new ArrayList<>(pending.getOrDefault(endpoint, List.of()));
      chain = segments.of(endpoint);
    }
    new Merge(segments, chain, open).forEach(action);
  }

  /** The life of the background thread. */
  private void write() {
    List<CompletableFuture<Void>> flushes = new ArrayList<>();
    try {
      boolean dirty = false;
      long forced = System.nanoTime();
      while (!(closed && queue.isEmpty())) {
        flushes.clear();
        dirty |= take(next(), flushes);
        boolean due = System.nanoTime() - forced > TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLIS);
        if (!flushes.isEmpty() || (dirty && due)) {
          makeDurable(/* seal= */ false);
          dirty = false;
          forced = System.nanoTime();
        }
        flushes.forEach(done -> done.complete(null));
      }
      makeDurable(/* seal= */ true);
    } catch (RuntimeException e) {
      fail(e, flushes);
    }
  }

  /** Waits a while for something in the queue, and returns all of it that is there. */
  private List<Object> next() {
    List<Object> next = new ArrayList<>();
    try {
      Object first = queue.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        next.add(first);
        queue.drainTo(next, DRAIN - 1);
      }
    } catch (InterruptedException e) {
      LOGGER.debug("the prediction log ignores interrupts; close it instead", e);
    }
    return next;
  }

  /** Takes entries from the queue; returns whether there were any. */
  private boolean take(List<Object> drained, List<CompletableFuture<Void>> flushes) {
    Map<String, List<LoggedPrediction>> fresh = new LinkedHashMap<>();
    for (Object next : drained) {
      if (next instanceof LoggedPrediction entry) {
        fresh.computeIfAbsent(entry.endpoint(), e -> new ArrayList<>()).add(entry);
      } else {
        flushes.add(asFlush(next));
      }
    }
    fresh.forEach(
        (endpoint, entries) -> {
          if (journal != null) {
            byShape(entries).forEach((shape, list) -> journal.append(endpoint, list, shape));
          }
          synchronized (pending) {
            pending.computeIfAbsent(endpoint, e -> new ArrayList<>()).addAll(entries);
          }
        });
    return !fresh.isEmpty();
  }

  private void makeDurable(boolean seal) {
    if (journal == null) {
      sealAll();
      return;
    }
    journal.force();
    boolean full;
    synchronized (pending) {
      full = pending.values().stream().anyMatch(entries -> entries.size() >= SEGMENT_ENTRIES);
    }
    if (seal || full) {
      sealAll();
      journal.clear();
    }
  }

  /** Stores everything pending. An entry is always found, in a segment before it leaves pending. */
  private void sealAll() {
    Map<String, List<LoggedPrediction>> sealing = new LinkedHashMap<>();
    synchronized (pending) {
      pending.forEach((endpoint, entries) -> sealing.put(endpoint, new ArrayList<>(entries)));
    }
    sealing.forEach(
        (endpoint, entries) -> {
          synchronized (pending) {
            seal(segments, endpoint, entries);
            pending.remove(endpoint);
          }
        });
  }

  @SuppressWarnings("unchecked") // Apart from entries, only requests to flush are in the queue.
  private static CompletableFuture<Void> asFlush(Object request) {
    return (CompletableFuture<Void>) request;
  }

  private void fail(RuntimeException cause, List<CompletableFuture<Void>> flushes) {
    LOGGER.error("the prediction log can no longer be written", cause);
    failure = cause;
    flushes.forEach(done -> done.completeExceptionally(cause));
    List<Object> rest = new ArrayList<>();
    queue.drainTo(rest);
    for (Object next : rest) {
      if (!(next instanceof LoggedPrediction)) {
        asFlush(next).completeExceptionally(cause);
      }
    }
  }

  /** Stores everything that was added as segments and ends the background thread. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
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
    if (journal != null) {
      journal.close(/* delete= */ failure == null);
    }
  }

  /** Merges the entries of segments and of the open part by identity. */
  private record Merge(Segments segments, List<Segment> chain, List<LoggedPrediction> open) {
    void forEach(Consumer<? super LoggedPrediction> action) {
      List<Segment> byFirst = new ArrayList<>(chain);
      byFirst.sort(Comparator.comparing(Segment::first));
      java.util.PriorityQueue<LoggedPrediction> waiting =
          new java.util.PriorityQueue<>(Comparator.comparing(LoggedPrediction::id));
      waiting.addAll(open);
      for (Segment segment : byFirst) {
        while (!waiting.isEmpty() && waiting.peek().id().compareTo(segment.first()) < 0) {
          action.accept(waiting.remove());
        }
        waiting.addAll(segments.entries(segment));
      }
      while (!waiting.isEmpty()) {
        action.accept(waiting.remove());
      }
    }
  }
}
