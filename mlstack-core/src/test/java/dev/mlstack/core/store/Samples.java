package dev.mlstack.core.store;

import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Objects and files for tests. */
final class Samples {

  static final VersionedName TYPE = new VersionedName("sample", 1);
  static final Cause CAUSE = new Cause("test", "");

  private Samples() {}

  static StoredObject object(String text, Edge... edges) {
    return StoredObject.of(
        ObjectKind.CONTENT, TYPE, List.of(edges), text.getBytes(StandardCharsets.UTF_8));
  }

  static StoredObject random(Random random, int bytes) {
    byte[] payload = new byte[bytes];
    random.nextBytes(payload);
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

  /** Returns the files of a part of a store, sorted. */
  static List<Path> files(Path directory, String part) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(part))) {
      return files.sorted().toList();
    }
  }

  /** Copies a file, or a directory with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
