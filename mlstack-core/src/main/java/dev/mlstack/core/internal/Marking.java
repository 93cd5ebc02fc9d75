package dev.mlstack.core.internal;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds out what is needed: some objects, and all that they reach over edges that hold. */
public final class Marking {

  private static final String TASK = "mark needed objects";
  private static final int REPORT_EVERY = 1 << 16;

  private final Function<Digest, Optional<List<Digest>>> held;
  private final Execution execution;
  private final DigestSet marked = new DigestSet();
  private final DigestSet erased = new DigestSet();
  private List<Digest> absent = new ArrayList<>();

  /** Returns the targets of the edges that hold. */
  public static List<Digest> held(List<Edge> edges) {
    return edges.stream().filter(Edge::holds).map(Edge::target).toList();
  }

  /**
   * Creates a marking in which nothing is needed.
   *
   * @param held returns what an object holds, or nothing if it is not there (yet)
   * @param execution hears of the progress and may cancel it
   */
  public Marking(Function<Digest, Optional<List<Digest>>> held, Execution execution) {
    this.held = held;
    this.execution = execution;
  }

  /**
   * Marks some objects and all that they reach. What was marked before while it was not there is
   * looked for again.
   */
  public void from(Collection<Digest> roots) {
    Deque<Digest> open = new ArrayDeque<>(absent);
    absent = new ArrayList<>();
    roots.stream().filter(this::mark).forEach(open::push);
    while (!open.isEmpty()) {
      execution.checkCancelled(TASK);
      Digest digest = open.pop();
      held.apply(digest).ifPresentOrElse(found -> push(found, open), () -> absent.add(digest));
      if (marked.size() % REPORT_EVERY == 0) {
        execution.report(Progress.of(TASK, marked.size(), Progress.UNKNOWN));
      }
    }
  }

  /** Says that some objects are not needed, whatever holds them, unless they are marked already. */
  public void erase(Collection<Digest> digests) {
    digests.forEach(erased::add);
  }

  private boolean mark(Digest digest) {
    return !erased.contains(digest) && marked.add(digest);
  }

  private void push(List<Digest> found, Deque<Digest> open) {
    found.stream().filter(this::mark).forEach(open::push);
  }

  /** Tells whether an object is needed. */
  public boolean contains(Digest digest) {
    return marked.contains(digest);
  }
}
