package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads several sorted parts of a log as one, in the order of identities. A part is loaded when its
 * first entry is due, so that of many segments only those are in memory whose times overlap. An
 * entry that is in several parts is given once.
 */
final class Merge {

  private final PriorityQueue<Part> parts = new PriorityQueue<>();

  /** One sorted part. Ordered by the identity of the next entry. */
  private static final class Part implements Comparable<Part> {
    private final Supplier<List<LoggedPrediction>> source;
    private @Nullable List<LoggedPrediction> loaded;
    private PredictionId head;
    private int next;

    Part(PredictionId first, Supplier<List<LoggedPrediction>> source) {
      this.head = first;
      this.source = source;
    }

    List<LoggedPrediction> entries() {
      List<LoggedPrediction> entries = loaded;
      if (entries == null) {
        entries = source.get();
        loaded = entries;
      }
      return entries;
    }

    LoggedPrediction next() {
      return entries().get(next++);
    }

    /** Moves the head; returns whether there is another entry. */
    boolean advance() {
      if (next == entries().size()) {
        return false;
      }
      head = entries().get(next).id();
      return true;
    }

    @Override
    public int compareTo(Part other) {
      return head.compareTo(other.head);
    }
  }

  /**
   * Adds a part.
   *
   * @param first the identity of its first entry
   * @param source gives the entries, at least one, sorted by identity
   */
  void add(PredictionId first, Supplier<List<LoggedPrediction>> source) {
    parts.add(new Part(first, source));
  }

  /** Gives all entries of all parts. Called once. */
  void forEach(Consumer<? super LoggedPrediction> action) {
    PredictionId last = null;
    while (!parts.isEmpty()) {
      Part part = parts.remove();
      PredictionId until = parts.isEmpty() ? null : parts.peek().head;
      boolean more = true;
      while (more && (until == null || part.head.compareTo(until) <= 0)) {
        LoggedPrediction entry = part.next();
        if (!entry.id().equals(last)) {
          action.accept(entry);
        }
        last = entry.id();
        more = part.advance();
      }
      if (more) {
        parts.add(part);
      }
    }
  }
}
