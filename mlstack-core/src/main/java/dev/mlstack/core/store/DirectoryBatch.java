package dev.mlstack.core.store;

import dev.mlstack.core.internal.DigestSet;
import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A batch of a {@link DirectoryStore}: a lease and, as long as something is not committed, a pack
 * in the making. It writes nothing before the first object is put. Its methods are synchronized
 * because the store may be closed by another thread.
 */
final class DirectoryBatch implements Batch {

  private final StoreDirectory directory;
  private final Consumer<DirectoryBatch> onClose;
  private final DigestSet put = new DigestSet();
  private @Nullable Lease lease;
  private @Nullable PackWriter writer;
  private boolean failed;
  private boolean closed;

  /**
   * Creates a batch without objects.
   *
   * @param onClose called once when the batch is closed
   */
  DirectoryBatch(StoreDirectory directory, Consumer<DirectoryBatch> onClose) {
    this.directory = directory;
    this.onClose = onClose;
  }

  @Override
  public synchronized Digest put(StoredObject object) {
    return put(object, object.digest());
  }

  @Override
  public synchronized Digest put(StoredObject object, Digest similar) {
    requireUsable();
    Digest digest = object.digest();
    if (!put.contains(digest)) {
      try {
        protect(digest);
        if (!isThere(digest)) {
          append(object, similar);
        }
      } catch (IOException e) {
        throw failure("add " + object + " to a batch", e);
      }
      put.add(digest);
    }
    return digest;
  }

  private void append(StoredObject object, Digest similar) throws IOException {
    StoredPatch patch = patch(object, similar);
    if (patch == null) {
      writer().append(object);
    } else {
      writer().append(object, patch);
    }
  }

  /** Returns the difference from a similar object that stays there, if it is worth while. */
  private @Nullable StoredPatch patch(StoredObject object, Digest similar) throws IOException {
    // An object that is there but about to go may be what the other is a patch of.
    boolean known = directory.catalog().find(object.digest()) != null;
    boolean small = object.payloadSize() < StoredPatch.MIN_PAYLOAD;
    if (known || small || directory.catalog().find(similar) == null) {
      return null;
    }
    protect(similar);
    Place place = isThere(similar) ? directory.catalog().find(similar) : null;
    if (place == null) {
      return null;
    }
    try {
      PackReader reader = directory.reader();
      int depth = place.entry().isPatch() ? reader.patch(place).depth() : 0;
      return StoredPatch.of(object, reader.read(place), depth);
    } catch (StoreException | NoSuchFileException e) {
      return null; // What cannot be read is nothing to build on.
    }
  }

  private void protect(Digest digest) throws IOException {
    if (lease == null) {
      lease = directory.newLease();
    }
    lease.add(digest);
  }

  private boolean isThere(Digest digest) throws IOException {
    if (lease == null || directory.catalog().find(digest) == null) {
      return false;
    }
    lease.publish();
    return directory.catalog().canRelyOn(digest);
  }

  private PackWriter writer() throws IOException {
    if (writer == null) {
      writer = directory.newPack();
    }
    return writer;
  }

  @Override
  public synchronized void commit() {
    requireUsable();
    try {
      if (lease != null) {
        lease.publish();
      }
      if (writer != null) {
        directory.publish(writer, directory.clock().millis());
        writer = null;
      }
      directory.catalog().makeDurable();
    } catch (IOException e) {
      throw failure("commit a batch", e);
    }
  }

  private StoreException failure(String what, IOException cause) {
    failed = true;
    StoreException failure =
        directory.failure(what + " (what was not committed before is not stored) of", cause);
    abandon(writer);
    writer = null;
    return failure;
  }

  private static void abandon(@Nullable Closeable file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // What is left does no harm; the next who opens the store clears it away.
      return;
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    onClose.accept(this);
    abandon(writer);
    abandon(lease);
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("the batch is closed; open another one");
    }
    if (failed) {
      throw new IllegalStateException(
          "the batch has failed; close it and put its objects into another one");
    }
  }
}
