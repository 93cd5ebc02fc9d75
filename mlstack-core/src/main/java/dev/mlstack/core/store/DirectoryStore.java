package dev.mlstack.core.store;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps objects in a directory of the local disk.
 *
 * <pre>
 * store.json   the format: {"format":"store/1"}
 * packs/       the objects: one pack file for each committed batch
 * tmp/         packs that are being written
 * leases/      for each open batch, the digests that it protects
 * condemned/   the packs that a collection is about to delete
 * live/        a locked file for each who has the store open and writes
 * </pre>
 *
 * <p><b>Durability.</b> A batch streams its objects into a temporary file. {@code commit} forces
 * that to the disk, renames it into {@code packs/} and forces the directory, so a pack is complete
 * from the moment it can be seen, and what was acknowledged survives the death of the process and
 * of the machine. What a dead process leaves behind is cleared away by the next who opens the
 * store.
 *
 * <p><b>Sharing.</b> Any number of threads, instances and processes of one machine may use a
 * directory at once; network file systems are not supported. Nobody ever waits for somebody else,
 * but for collections, which take turns. An instance that only reads needs no right to write.
 *
 * <p><b>Collection.</b> The danger is a batch that relies on an object which a collection is about
 * to delete. Each side first says what it does and then looks at the other: a batch publishes its
 * lease before it looks whether an object is there in a pack that is not condemned; a collection
 * condemns packs before it reads the leases and then the refs. So either the collection sees the
 * lease, or its batch sees the mark and writes the object anew. A lease ends after the ref that
 * needs its objects has landed, so leases are read before refs.
 *
 * <p><b>Memory.</b> The index of all objects is kept on the heap, in about 55 bytes for each. At
 * most {@value PackChannels#MAX_OPEN} files stay open.
 *
 * <p>The format of a pack is described in {@code PackFormat}.
 */
public final class DirectoryStore implements ObjectStore {

  private final StoreDirectory directory;
  private final Set<DirectoryBatch> batches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private DirectoryStore(StoreDirectory directory) {
    this.directory = directory;
  }

  /**
   * Opens the store in a directory, which is created if it does not exist. The caller closes it.
   *
   * @throws IOException if {@code directory} is a file, holds a store of another format, or cannot
   *     be read or created
   */
  public static DirectoryStore open(Path directory) throws IOException {
    return open(directory, InstantSource.system());
  }

  /** Opens the store in a directory, with another clock. */
  static DirectoryStore open(Path directory, InstantSource clock) throws IOException {
    return new DirectoryStore(StoreDirectory.open(directory, clock));
  }

  @Override
  public boolean contains(Digest digest) {
    requireOpen();
    try {
      PackCatalog catalog = directory.catalog();
      Place place = catalog.search(digest);
      while (place != null && Files.notExists(place.pack().file())) {
        catalog.vanished(place.pack());
        place = catalog.search(digest);
      }
      return place != null;
    } catch (IOException e) {
      throw directory.failure("read", e);
    }
  }

  @Override
  public StoredObject get(Digest digest) {
    requireOpen();
    try {
      StoredObject object = directory.reader().find(digest);
      if (object != null) {
        return object;
      }
    } catch (IOException e) {
      throw directory.failure("read object " + digest + " from", e);
    }
    throw new ObjectNotFoundException(digest, describe());
  }

  /** Names the store, and what in it may be the reason why something is missing. */
  private String describe() {
    StringBuilder text = new StringBuilder("the store at ").append(directory.root());
    for (Pack pack : directory.catalog().packs()) {
      if (pack.damage() != null) {
        text.append("; it may be in ").append(pack.file()).append(", which is damaged: ");
        text.append(pack.damage());
      }
    }
    return text.toString();
  }

  @Override
  public Batch batch() {
    requireOpen();
    DirectoryBatch batch = new DirectoryBatch(directory, batches::remove);
    batches.add(batch);
    if (closed) {
      batch.close(); // The store was closed just now and may have missed this batch.
    }
    return batch;
  }

  @Override
  public Stream<Digest> digests() {
    requireOpen();
    try {
      directory.catalog().refresh();
    } catch (IOException e) {
      throw directory.failure("read", e);
    }
    PackTable table = PackTable.of(directory.catalog().packs());
    return Arrays.stream(table.numbers()).mapToObj(number -> table.place(number).entry().digest());
  }

  @Override
  public List<StoreProblem> verify(Execution execution) {
    requireOpen();
    try {
      return new Verification(directory, execution).run();
    } catch (IOException e) {
      throw directory.failure("verify", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A pack none of whose objects are needed is deleted. One of which only some are needed is
   * replaced by a pack of these, and small packs are merged, so that many small batches do not stay
   * many small files. New packs are durable before old ones are deleted: to be killed at any moment
   * does no harm. The disk needs room for one new pack of at most 64 MiB and one object at a time.
   */
  @Override
  public Collected collect(Refs roots, Duration grace, Execution execution) {
    requireOpen();
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative but was " + grace);
    }
    try {
      return new GarbageCollection(directory, roots, grace, execution).run();
    } catch (IOException e) {
      throw directory.failure("collect garbage in", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    batches.forEach(DirectoryBatch::close);
    directory.channels().close();
    try {
      directory.presence().close();
    } catch (IOException e) {
      throw directory.failure("close", e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the store at " + directory.root() + " is closed; open it again");
    }
  }
}
