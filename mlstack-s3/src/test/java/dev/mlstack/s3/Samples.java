package dev.mlstack.s3;

import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Objects for tests. */
final class Samples {

  static final Cause CAUSE = new Cause("test", "");
  private static final VersionedName TYPE = new VersionedName("sample", 1);

  private Samples() {}

  static StoredObject object(String text, Edge... edges) {
    return StoredObject.of(
        ObjectKind.CONTENT, TYPE, List.of(edges), text.getBytes(StandardCharsets.UTF_8));
  }

  static StoredObject random(long seed, int bytes) {
    byte[] payload = new byte[bytes];
    new Random(seed).nextBytes(payload);
    return StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), payload);
  }

  static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores objects in one batch of their own. */
  static void store(ObjectStore store, StoredObject... objects) {
    try (Batch batch = store.batch()) {
      for (StoredObject object : objects) {
        batch.put(object);
      }
      batch.commit();
    }
  }
}
