package dev.mlstack.data.version;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.ForwardingStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A store in memory that remembers what was read, and can lose the bytes of objects. */
final class WatchedStore extends ForwardingStore {

  private final List<Digest> read = Collections.synchronizedList(new ArrayList<>());
  private final Set<Digest> damaged = new HashSet<>();

  WatchedStore() {
    super(new MemoryStore());
  }

  /** Returns what was read so far, and forgets it. */
  List<Digest> takeRead() {
    List<Digest> taken = List.copyOf(read);
    read.clear();
    return taken;
  }

  void damage(Digest digest) {
    damaged.add(digest);
  }

  void mend(Digest digest) {
    damaged.remove(digest);
  }

  /** Returns how many bytes all objects have. */
  long bytes() {
    return super.digests().mapToLong(digest -> super.get(digest).encodedSize()).sum();
  }

  @Override
  public StoredObject get(Digest digest) {
    read.add(digest);
    if (damaged.contains(digest)) {
      throw new CorruptObjectException(digest, "nowhere");
    }
    return super.get(digest);
  }
}
