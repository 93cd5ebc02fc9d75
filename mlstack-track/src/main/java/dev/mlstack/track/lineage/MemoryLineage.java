package dev.mlstack.track.lineage;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index of a store in the memory of the process. It is empty until the first {@link
 * #refresh()}. Safe for use by several threads.
 */
public final class MemoryLineage extends IndexedLineage {

  private static final Comparator<Link> BY_ORIGIN =
      Comparator.comparing(Link::from).thenComparing(link -> link.edge().name());

  private final Map<Digest, Node> nodes = new HashMap<>();
  private final Map<Digest, SortedSet<Link>> incoming = new HashMap<>();
  private Fingerprint fingerprint = Fingerprint.ofNone();

  /**
   * Creates an empty index.
   *
   * @param store has the objects; it stays the caller's
   */
  public MemoryLineage(ObjectStore store) {
    super(store);
  }

  @Override
  public synchronized List<Link> outgoing(Digest object) {
    Node node = nodes.get(object);
    return node == null ? List.of() : links(node);
  }

  @Override
  public synchronized List<Link> incoming(Digest object) {
    return List.copyOf(incoming.getOrDefault(object, new TreeSet<>(BY_ORIGIN)));
  }

  @Override
  synchronized Fingerprint fingerprint() {
    return new Fingerprint(fingerprint.count(), fingerprint.bits());
  }

  @Override
  synchronized Set<Digest> known() {
    return new HashSet<>(nodes.keySet());
  }

  @Override
  synchronized void add(List<Node> added) {
    for (Node node : added) {
      if (nodes.putIfAbsent(node.digest(), node) == null) {
        fingerprint.add(node.digest());
        for (Link link : links(node)) {
          incoming
              .computeIfAbsent(link.edge().target(), target -> new TreeSet<>(BY_ORIGIN))
              .add(link);
        }
      }
    }
  }

  @Override
  synchronized void remove(Set<Digest> objects) {
    for (Digest object : objects) {
      Node node = nodes.remove(object);
      if (node != null) {
        fingerprint.remove(object);
        links(node).forEach(this::forget);
      }
    }
  }

  private void forget(Link link) {
    @Nullable SortedSet<Link> links = incoming.get(link.edge().target());
    if (links != null && links.remove(link) && links.isEmpty()) {
      incoming.remove(link.edge().target());
    }
  }

  @Override
  synchronized void clear() {
    nodes.clear();
    incoming.clear();
    fingerprint = Fingerprint.ofNone();
  }

  @Override
  synchronized <T> T atOnce(Supplier<T> answer) {
    return answer.get();
  }

  private static List<Link> links(Node node) {
    return node.edges().stream()
        .map((Edge edge) -> new Link(node.digest(), node.type(), edge))
        .toList();
  }
}
