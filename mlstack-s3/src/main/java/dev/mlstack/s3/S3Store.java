package dev.mlstack.s3;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps objects in a bucket that is reached over the S3 protocol, for any number of hosts.
 *
 * <pre>
 * store.json   the format: {"format":"s3-store/1"}
 * packs/       the objects: one pack for each committed batch, and its index at its end
 * leases/      for each open batch, the digests that it protects
 * sessions/    for each who has the store open and writes, a sign of life
 * condemned/   the packs that a collection is about to delete
 * collecting   who is collecting
 * </pre>
 *
 * <p><b>Server.</b> It must list and read what was written at once, and honour the conditions
 * {@code If-None-Match} and {@code If-Match} on PUT; opening a store checks the second. Amazon S3
 * and most others do.
 *
 * <p><b>Durability.</b> A pack is one object, written by one PUT or in parts, so it is complete
 * from the moment it can be seen. {@code commit} returns when the server has acknowledged it.
 *
 * <p><b>Reading.</b> The indexes of all packs are known to each process; an unknown digest makes it
 * list the packs once more. Objects are fetched in blocks of 1 MiB and kept in a directory of the
 * local disk, which several processes may share and anybody may delete. Everything is verified by
 * its digest, also what the cache has: a damaged copy is dropped and fetched again. Copies of a
 * pack that was collected are dropped by the collection, and elsewhere when a process that knew the
 * pack lists the bucket again.
 *
 * <p><b>Collection.</b> The danger is a batch that relies on an object which a collection is about
 * to delete. Each side first says what it does and then looks at the other: a batch publishes its
 * lease before it looks whether the object is there in a pack that is not condemned; a collection
 * condemns packs before it reads the leases and then the refs. So either the collection sees the
 * lease, or its batch sees the mark and writes the object anew. A lease ends after the ref that
 * needs its objects has landed, so leases are read before refs. This rests on four things:
 *
 * <ol>
 *   <li>The name of a pack is never used twice, and a pack once condemned is never relied upon
 *       again. So one who deletes late, because it was stopped for an hour, deletes nothing that
 *       others have learned to need.
 *   <li>A collection takes a copy of an object for safe only if it is in a pack that nobody has
 *       condemned, seen after it has condemned its own. So two collections at once never each
 *       delete the copy that the other one relies on. That they take turns saves work and is no
 *       condition.
 *   <li>Whoever holds a lease shows a sign of life every few minutes, on condition that nobody has
 *       declared it dead; a collection declares dead whoever was silent for {@link #SILENCE}, on
 *       condition that there was no sign since. Of the two exactly one succeeds. A batch makes sure
 *       of it before {@code commit} returns and when it is closed, and fails if it was declared
 *       dead. Only the clock of the server is asked for time, so the clocks of hosts may differ.
 *   <li>One danger is left: a process that is stopped for longer than {@link #SILENCE} between
 *       {@code commit} and the move of a ref may point it at what was collected meanwhile. Closing
 *       the batch then fails and says so.
 * </ol>
 *
 * <p><b>Memory.</b> The indexes of packs are kept on the heap: 48 bytes for each object and 32 for
 * each edge that holds. A batch needs up to 16 MiB for the part that is being filled.
 */
public final class S3Store implements ObjectStore {

  /** How many bytes copies in the cache directory may have unless it is said otherwise: 4 GiB. */
  public static final long CACHE_BYTES = 4L << 30;

  /** How long the leases of a process are honoured that shows no sign of life: 15 minutes. */
  public static final Duration SILENCE = Duration.ofMinutes(15);

  private static final VersionedName FORMAT = new VersionedName("s3-store", 1);
  private static final String MARKER = "store.json";

  private final S3Parts parts;
  private final Set<S3Batch> batches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private S3Store(S3Parts parts) {
    this.parts = parts;
  }

  /**
   * Opens the store below a prefix, with a cache of {@link #CACHE_BYTES}. The caller closes it, and
   * the client after that.
   *
   * @param client reaches the server with the credentials, region, endpoint and time limits that
   *     the application has set
   * @param bucket the name of the bucket, which must exist
   * @param prefix what all keys begin with: empty, or segments that each end with a slash, such as
   *     {@code team/models/}
   * @param cacheDirectory where copies are kept; created if it does not exist
   * @throws IOException if the prefix holds a store of another format, the server ignores
   *     conditions or cannot be reached, or the cache cannot be created
   */
  public static S3Store open(S3Client client, String bucket, String prefix, Path cacheDirectory)
      throws IOException {
    return open(client, bucket, prefix, cacheDirectory, CACHE_BYTES);
  }

  /**
   * Opens the store below a prefix. The caller closes it, and the client after that.
   *
   * @param client reaches the server with the credentials, region, endpoint and time limits that
   *     the application has set
   * @param bucket the name of the bucket, which must exist
   * @param prefix what all keys begin with: empty, or segments that each end with a slash, such as
   *     {@code team/models/}
   * @param cacheDirectory where copies are kept; created if it does not exist
   * @param cacheBytes how many bytes copies may have, about; at least 0
   * @throws IOException if the prefix holds a store of another format, the server ignores
   *     conditions or cannot be reached, or the cache cannot be created
   */
  public static S3Store open(
      S3Client client, String bucket, String prefix, Path cacheDirectory, long cacheBytes)
      throws IOException {
    return open(new Bucket(client, bucket, prefix), cacheDirectory, cacheBytes, SILENCE);
  }

  /** Opens a store whose owners are declared dead after another time, a number of seconds. */
  static S3Store open(Bucket bucket, Path cacheDirectory, long cacheBytes, Duration silence)
      throws IOException {
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cacheBytes must be at least 0 but was " + cacheBytes);
    }
    FormatMarker.require(bucket, MARKER, FORMAT);
    return new S3Store(S3Parts.of(bucket, cacheDirectory, cacheBytes, silence));
  }

  @Override
  public boolean contains(Digest digest) {
    requireOpen();
    PackCatalog catalog = parts.catalog();
    Place place = catalog.search(digest);
    while (place != null && !parts.bucket().exists(place.key())) {
      catalog.remove(List.of(place.pack()));
      place = catalog.search(digest);
    }
    return place != null;
  }

  @Override
  public StoredObject get(Digest digest) {
    requireOpen();
    PackCatalog catalog = parts.catalog();
    for (Place place = catalog.search(digest); place != null; place = catalog.search(digest)) {
      Optional<StoredObject> object = parts.reader().read(place);
      if (object.isPresent()) {
        return object.get();
      }
      catalog.remove(List.of(place.pack())); // Collected; another pack may have the object now.
    }
    throw new ObjectNotFoundException(digest, describe());
  }

  /** Names the store, and what in it may be the reason why something is missing. */
  private String describe() {
    StringBuilder text = new StringBuilder("the store at ").append(parts.bucket().describe(""));
    for (PackIndex pack : parts.catalog().packs()) {
      if (pack.damage() != null) {
        text.append("; it may be in ").append(PackBuilder.PACKS).append(pack.name());
        text.append(", which is damaged: ").append(pack.damage());
      }
    }
    return text.toString();
  }

  @Override
  public Batch batch() {
    requireOpen();
    S3Batch batch = new S3Batch(parts, batches::remove);
    batches.add(batch);
    if (closed) {
      batch.close(); // The store was closed just now and may have missed this batch.
    }
    return batch;
  }

  @Override
  public Stream<Digest> digests() {
    requireOpen();
    parts.catalog().refresh();
    Set<Digest> digests = new HashSet<>();
    parts.catalog().packs().forEach(pack -> digests.addAll(pack.digests()));
    return digests.stream();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Reads all packs from the bucket, whatever the cache has.
   */
  @Override
  public List<StoreProblem> verify(Execution execution) {
    requireOpen();
    return new Verification(parts, execution).run();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A pack none of whose objects are needed is deleted. One of which only some are needed is
   * replaced by a pack of these, and small packs are merged. New packs are durable before old ones
   * are deleted: to be killed at any moment does no harm. Age is measured by the clock of the
   * server. Where the bucket keeps versions of what is deleted, it keeps erased objects too.
   */
  @Override
  public Collected collect(Refs roots, Duration grace, Execution execution) {
    requireOpen();
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative but was " + grace);
    }
    return new GarbageCollection(parts, roots, grace, execution).run();
  }

  @Override
  public void close() {
    closed = true;
    batches.forEach(S3Batch::close);
    parts.sessions().close();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the store at " + parts.bucket().describe("") + " is closed; open it again");
    }
  }
}
