package dev.mlstack.testkit;

import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A store that loses or damages the objects it is told to. */
final class ForgetfulStore extends ForwardingStore {

  private final Set<Digest> lost = new HashSet<>();
  private final Set<Digest> damaged = new HashSet<>();
  private int reads;

  ForgetfulStore(ObjectStore store) {
    super(store);
  }

  void lose(Digest digest) {
    lost.add(digest);
  }

  void damage(Digest digest) {
    damaged.add(digest);
  }

  void restore(Digest digest) {
    lost.remove(digest);
    damaged.remove(digest);
  }

  /** Returns how many objects were read. */
  int reads() {
    return reads;
  }

  @Override
  public boolean contains(Digest digest) {
    return !lost.contains(digest) && super.contains(digest);
  }

  @Override
  public StoredObject get(Digest digest) {
    reads++;
    if (lost.contains(digest)) {
      throw new ObjectNotFoundException(digest, "a forgetful store");
    } else if (damaged.contains(digest)) {
      throw new CorruptObjectException(digest, "a forgetful store");
    }
    return super.get(digest);
  }

  @Override
  public Stream<Digest> digests() {
    return super.digests().filter(digest -> !lost.contains(digest));
  }
}
