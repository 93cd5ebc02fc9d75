package dev.mlstack.data.version;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows which columns of an earlier snapshot a new one may differ little from, so that a store can
 * keep the differences alone.
 *
 * <p>A group of the earlier snapshot is similar to a new one if it has the same rows; otherwise if
 * it stands behind that which was similar to the last new one: then rows were added or removed.
 */
final class Similar {

  /** Stands for an earlier group that is not known. */
  static final int UNKNOWN = -1;

  private final ObjectSource store;
  private final List<SnapshotContent.Group> groups;
  private final Map<Digest, Integer> byIds = new HashMap<>();
  private boolean indexed;
  private int next;

  private Similar(ObjectSource store, List<SnapshotContent.Group> groups) {
    this.store = store;
    this.groups = groups;
  }

  /** Knows nothing. */
  static Similar none() {
    return new Similar(
        digest -> {
          throw new IllegalStateException("nothing is similar");
        },
        List.of());
  }

  /** Knows the groups of a snapshot. */
  static Similar to(Optional<Snapshot> earlier, ObjectSource store) {
    return earlier
        .map(snapshot -> new Similar(store, snapshot.content().groups()))
        .orElseGet(Similar::none);
  }

  /**
   * Returns the columns of a similar group, that of the identities first; none if none is known.
   *
   * @param ids the digest of the identities of the new group
   * @param near the index of the earlier group that its last rows come from, or {@link #UNKNOWN}
   */
  List<Digest> to(Digest ids, int near) {
    index();
    int found = byIds.getOrDefault(ids, near == UNKNOWN ? next : near);
    if (found >= groups.size()) {
      return List.of();
    }
    next = found + 1;
    return columns(found);
  }

  private void index() {
    if (!indexed) {
      indexed = true;
      for (int i = 0; i < groups.size(); i++) {
        byIds.put(columns(i).get(0), i);
      }
    }
  }

  private List<Digest> columns(int group) {
    return store.get(groups.get(group).digest()).edges().stream().map(Edge::target).toList();
  }
}
