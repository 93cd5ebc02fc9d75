package dev.mlstack.track.lineage;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.util.List;

/** What the index keeps of an object: all but the payload. */
record Node(Digest digest, VersionedName type, List<Edge> edges) {

  static Node of(StoredObject object) {
    return new Node(object.digest(), object.type(), object.edges());
  }
}
