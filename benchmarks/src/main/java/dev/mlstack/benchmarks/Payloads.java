package dev.mlstack.benchmarks;

import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.SplittableRandom;

/** Bytes that no store has seen before. */
final class Payloads {

  /** How many bytes a payload has. */
  static final int SIZE = 1024;

  private static final VersionedName TYPE = new VersionedName("benchmark", 1);

  private final SplittableRandom random = new SplittableRandom(1);

  /** Returns new bytes. */
  byte[] next() {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns an object of given bytes. */
  static StoredObject object(byte[] bytes) {
    return StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), bytes);
  }
}
