package dev.mlstack.serve;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The simplest log: it keeps just what it is given, or the first of it. */
public final class MemoryLog implements PredictionLog {

  private final Queue<LoggedPrediction> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger appended = new AtomicInteger();
  private final int most;
  private volatile boolean closed;

  /** Creates an empty log. */
  public MemoryLog() {
    this(Integer.MAX_VALUE);
  }

  /** Creates an empty log that keeps so many entries and counts the others. */
  public MemoryLog(int most) {
    this.most = most;
  }

  /** Returns how many entries were appended. */
  public int appended() {
    return appended.get();
  }

  /** Returns all entries, in the order in which they came. */
  public List<LoggedPrediction> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void append(LoggedPrediction prediction) {
    flush();
    if (appended.incrementAndGet() <= most) {
      entries.add(prediction);
    }
  }

  @Override
  public void flush() {
    if (closed) {
      throw new IllegalStateException("the log is closed");
    }
  }

  @Override
  public Optional<LoggedPrediction> find(PredictionId id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  @Override
  public void forEach(String endpoint, Consumer<? super LoggedPrediction> action) {
    entries.stream()
        .filter(entry -> entry.endpoint().equals(endpoint))
        .sorted(Comparator.comparing(LoggedPrediction::id))
        .forEach(action);
  }

  @Override
  public void close() {
    closed = true;
  }
}
