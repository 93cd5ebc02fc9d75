package dev.mlstack.testkit;

import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Small objects for tests. */
final class TestObjects {

  static final VersionedName TYPE = new VersionedName("test", 1);
  static final Cause CAUSE = new Cause("kit", "a test");

  private TestObjects() {}

  /** Returns an object whose payload is a text. */
  static StoredObject object(String text, Edge... edges) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(edges), payload);
  }

  /** Returns an object that holds another. */
  static StoredObject holder(String text, StoredObject held) {
    return object(text, Edge.holds("held", held.digest()));
  }

  /** Returns a tombstone: an object was erased, and another stands in its place. */
  static StoredObject tombstone(StoredObject erased, StoredObject replacement) {
    List<Edge> edges =
        List.of(
            Edge.names("erased", erased.digest()), Edge.holds("replacement", replacement.digest()));
    Value.Doc facts = Value.doc().put("reason", "a test").put("rows", 1).build();
    return new Provenance(new VersionedName("erased", 1), edges, Instant.EPOCH, "kit", facts)
        .toObject();
  }

  /** Returns an object with a payload of random bytes. */
  static StoredObject random(long seed, int bytes) {
    byte[] payload = new byte[bytes];
    new Random(seed).nextBytes(payload);
    return StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), payload);
  }

  /** Stores objects in a batch of their own, and returns the digest of the last. */
  static Digest store(ObjectStore store, StoredObject... objects) {
    try (Batch batch = store.batch()) {
      Digest last = null;
      for (StoredObject object : objects) {
        last = batch.put(object);
      }
      batch.commit();
      if (last == null) {
        throw new IllegalArgumentException("there must be at least 1 object but there is none");
      }
      return last;
    }
  }
}
