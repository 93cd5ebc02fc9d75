package dev.mlstack.testkit;

import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The objects that a training wrote, in memory; they can be carried to another process. */
final class TrainingObjects implements ObjectSink, ObjectSource {

  private final Map<Digest, byte[]> objects = new LinkedHashMap<>();

  @Override
  public Digest put(StoredObject object) {
    objects.put(object.digest(), object.encoded());
    return object.digest();
  }

  @Override
  public StoredObject get(Digest digest) {
    byte[] encoded = objects.get(digest);
    if (encoded == null) {
      throw new ObjectNotFoundException(digest, "the memory of the test");
    }
    if (!Digest.of(encoded).equals(digest)) {
      throw new CorruptObjectException(digest, "the memory of the test");
    }
    return StoredObject.decode(encoded.clone());
  }

  /** Returns the digests of all objects, in the order in which they were put. */
  List<Digest> digests() {
    return List.copyOf(objects.keySet());
  }

  /** Returns these objects without one. */
  TrainingObjects without(Digest digest) {
    TrainingObjects copy = copy();
    copy.objects.remove(digest);
    return copy;
  }

  /** Returns these objects with one bit of one of them changed. */
  TrainingObjects withFlippedBit(Digest digest, int bit) {
    TrainingObjects copy = copy();
    byte[] encoded = get(digest).encoded();
    int place = Math.floorMod(bit, encoded.length * Byte.SIZE);
    encoded[place / Byte.SIZE] ^= (byte) (1 << (place % Byte.SIZE));
    copy.objects.put(digest, encoded);
    return copy;
  }

  private TrainingObjects copy() {
    TrainingObjects copy = new TrainingObjects();
    copy.objects.putAll(objects);
    return copy;
  }

  /** Writes all objects into a directory. */
  void writeTo(Path directory) throws IOException {
    for (Map.Entry<Digest, byte[]> object : objects.entrySet()) {
      Files.write(directory.resolve(object.getKey().hex()), object.getValue());
    }
  }

  /** Returns the objects that stand in a directory. */
  static TrainingObjects readFrom(Path directory) throws IOException {
    TrainingObjects objects = new TrainingObjects();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        objects.put(StoredObject.decode(Files.readAllBytes(file)));
      }
    }
    return objects;
  }
}
