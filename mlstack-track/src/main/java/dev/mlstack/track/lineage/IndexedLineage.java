package dev.mlstack.track.lineage;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Lineage;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What all indexes of lineage have in common: how they learn what is new, and how the graph is
 * walked.
 *
 * <p>Whether anything is new shows in the {@link Fingerprint} of all digests of the store; only if
 * it differs from that of the index are the two compared one by one. Objects that are gone leave
 * the index; links to them stay. An object that is damaged has no links until it can be read again.
 */
abstract class IndexedLineage implements Lineage {

  /** How many objects are read before what they link to is written. */
  private static final int GROUP = 20_000;

  private final ObjectStore store;
  private final ReentrantLock refreshing = new ReentrantLock();

  IndexedLineage(ObjectStore store) {
    this.store = store;
  }

  /** Returns the fingerprint of the objects in the index. */
  abstract Fingerprint fingerprint();

  /** Returns the objects in the index, as a set that the caller may change. */
  abstract Set<Digest> known();

  /** Adds objects, some of which may be there already. */
  abstract void add(List<Node> nodes);

  /** Removes objects, some of which may be gone already. */
  abstract void remove(Set<Digest> objects);

  /** Removes everything. */
  abstract void clear();

  /** Returns an answer for which the index is asked several times, and does not change between. */
  abstract <T> T atOnce(Supplier<T> answer);

  @Override
  public final List<Digest> ancestry(Digest object) {
    return atOnce(() -> walk(object, this::outgoing, link -> link.edge().target()));
  }

  @Override
  public final List<Digest> impact(Digest object) {
    return atOnce(() -> walk(object, this::incoming, Link::from));
  }

  private static List<Digest> walk(
      Digest start, Function<Digest, List<Link>> links, Function<Link, Digest> end) {
    Set<Digest> seen = new LinkedHashSet<>();
    Queue<Digest> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (Link link : links.apply(open.remove())) {
        Digest next = end.apply(link);
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return List.copyOf(seen);
  }

  @Override
  public final void refresh() {
    refresh(Execution.here());
  }

  @Override
  public final void rebuild(Execution execution) {
    refreshing.lock();
    try {
      clear();
      refresh(execution);
    } finally {
      refreshing.unlock();
    }
  }

  private void refresh(Execution execution) {
    refreshing.lock();
    try {
      if (!Fingerprint.of(store.digests()).equals(fingerprint())) {
        Set<Digest> gone = known();
        List<Digest> fresh = takeFresh(gone);
        remove(gone);
        index(fresh, execution);
      }
    } finally {
      refreshing.unlock();
    }
  }

  /** Returns what the index lacks, and leaves in {@code known} only what the store lacks. */
  private List<Digest> takeFresh(Set<Digest> known) {
    List<Digest> fresh = new ArrayList<>();
    try (Stream<Digest> digests = store.digests()) {
      for (Iterator<Digest> all = digests.iterator(); all.hasNext(); ) {
        Digest digest = all.next();
        if (!known.remove(digest)) {
          fresh.add(digest);
        }
      }
    }
    return fresh;
  }

  private void index(List<Digest> fresh, Execution execution) {
    for (int from = 0; from < fresh.size(); from += GROUP) {
      execution.checkCancelled("indexing lineage");
      execution.report(Progress.of("index lineage", from, fresh.size()));
      List<Node> nodes = new ArrayList<>();
      for (Digest digest : fresh.subList(from, Math.min(from + GROUP, fresh.size()))) {
        read(digest, nodes);
      }
      add(nodes);
    }
    execution.report(Progress.of("index lineage", fresh.size(), fresh.size()));
  }

  private void read(Digest digest, List<Node> nodes) {
    try {
      nodes.add(Node.of(store.get(digest)));
    } catch (ObjectNotFoundException e) {
      // Collected since it was listed.
    } catch (CorruptObjectException e) {
      // Its links are not to be trusted. Verifying the store names it.
    }
  }
}
