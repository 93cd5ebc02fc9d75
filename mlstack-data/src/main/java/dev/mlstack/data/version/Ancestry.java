package dev.mlstack.data.version;

import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Which commit follows which. */
final class Ancestry {

  private final ObjectSource store;
  private final Map<Digest, List<Digest>> parents = new HashMap<>();

  Ancestry(ObjectSource store) {
    this.store = store;
  }

  private List<Digest> parents(Digest commit) {
    List<Digest> known = parents.get(commit);
    if (known == null) {
      known = Commit.parents(store.get(commit));
      parents.put(commit, known);
    }
    return known;
  }

  /** Returns a commit and all before it. */
  Set<Digest> of(Digest commit) {
    Set<Digest> found = new LinkedHashSet<>();
    Deque<Digest> open = new ArrayDeque<>(List.of(commit));
    while (!open.isEmpty()) {
      Digest next = open.pop();
      if (found.add(next)) {
        parents(next).forEach(open::push);
      }
    }
    return found;
  }

  /**
   * Returns a commit and all before it, each before its parents, and otherwise the latest first.
   */
  List<Commit> log(Digest head) {
    Map<Digest, Integer> children = new HashMap<>();
    for (Digest commit : of(head)) {
      parents(commit).forEach(parent -> children.merge(parent, 1, Integer::sum));
    }
    Comparator<Commit> latest =
        Comparator.comparing(Commit::at, Comparator.<Instant>reverseOrder());
    PriorityQueue<Commit> ready = new PriorityQueue<>(latest.thenComparing(Commit::digest));
    ready.add(Commit.read(store, head));
    List<Commit> log = new ArrayList<>();
    while (!ready.isEmpty()) {
      Commit commit = ready.remove();
      log.add(commit);
      for (Digest parent : commit.parents()) {
        if (children.merge(parent, -1, Integer::sum) == 0) {
          ready.add(Commit.read(store, parent));
        }
      }
    }
    return log;
  }

  /**
   * Returns the commit at which two have parted: one before both that is before no other such. If
   * there are several, because branches were merged crosswise, the latest.
   */
  Optional<Digest> mergeBase(Digest ours, Digest theirs) {
    Set<Digest> common = of(ours);
    common.retainAll(of(theirs));
    Set<Digest> best = new LinkedHashSet<>(common);
    for (Digest commit : common) {
      parents(commit).forEach(best::remove);
    }
    Comparator<Commit> later = Comparator.comparing(Commit::at);
    return best.stream()
        .map(commit -> Commit.read(store, commit))
        .max(later.thenComparing(Commit::digest))
        .map(Commit::digest);
  }
}
