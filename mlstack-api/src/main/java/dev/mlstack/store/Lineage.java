package dev.mlstack.store;

import dev.mlstack.compute.Execution;
import java.util.List;

/**
 * The graph of all objects, walked in both directions.
 *
 * <p>An implementation is an index beside an {@link ObjectStore}: it can be deleted and {@linkplain
 * #rebuild rebuilt} at any time, and then answers the same. Edges are known as soon as the batch
 * that stored them has been {@linkplain #refresh() taken note of}.
 */
public interface Lineage {

  /** Returns what {@code object} links to, in the order of its edges. */
  List<Link> outgoing(Digest object);

  /** Returns what links to {@code object}, sorted by origin and name. */
  List<Link> incoming(Digest object);

  /**
   * Returns everything that {@code object} was made from, directly or not: all objects that can be
   * reached over outgoing links, nearest first, without {@code object} itself.
   */
  List<Digest> ancestry(Digest object);

  /**
   * Returns everything that {@code object} went into, directly or not: all objects that can be
   * reached over incoming links, nearest first, without {@code object} itself.
   */
  List<Digest> impact(Digest object);

  /**
   * Takes note of all objects that were stored since the last call, and of those that are gone,
   * which have no links any more but may still be linked to. An object that is damaged counts as
   * gone until it can be read again.
   */
  void refresh();

  /** Forgets everything and reads all objects anew. */
  void rebuild(Execution execution);

  /**
   * One edge with both its ends.
   *
   * @param from the object that has the edge
   * @param fromType its type
   * @param edge the edge
   */
  record Link(Digest from, VersionedName fromType, Edge edge) {}
}
