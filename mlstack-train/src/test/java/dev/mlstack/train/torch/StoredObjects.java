package dev.mlstack.train.torch;

import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Encoded objects in memory, verified when they are read, as every store does. */
final class StoredObjects implements ObjectSink, ObjectSource {

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

  List<Digest> digests() {
    return List.copyOf(objects.keySet());
  }

  void flipBit(Digest digest, int place) {
    byte[] encoded = Objects.requireNonNull(objects.get(digest));
    encoded[place % encoded.length] ^= 1;
  }
}
