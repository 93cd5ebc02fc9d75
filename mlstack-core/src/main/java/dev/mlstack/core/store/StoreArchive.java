package dev.mlstack.core.store;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.internal.DigestSet;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoredObject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store, or a part of it, as one file: some refs and all that they need.
 *
 * <pre>{@code
 * StoreArchive.write(store, refs, refs.list(RefName.of("datasets", "loans")), out, execution);
 * List<Ref> read = StoreArchive.read(in, otherStore, execution);
 * StoreArchive.merge(read, otherRefs, new Cause("ada", "from the other site"));
 * }</pre>
 *
 * <p>Works between any two stores. All numbers are big-endian:
 *
 * <pre>
 * magic     mlstar01
 * items     one after another
 *             object   1, the digest in 32 bytes, the length in 4, the encoded object
 *             ref      2, the digest in 32 bytes, the length in 2, the name in ASCII
 * end       0, the number of items in 8 bytes, the SHA-256 of all bytes before
 * </pre>
 *
 * <p>What a ref points to comes before it, and what an object holds before the object. In the place
 * of what was erased are its tombstone and what replaced it, so merging the refs erases it
 * elsewhere, too.
 */
public final class StoreArchive {

  private static final byte[] MAGIC = "mlstar01".getBytes(StandardCharsets.US_ASCII);
  private static final int END = 0;
  private static final int OBJECT = 1;
  private static final int REF = 2;
  private static final int MAX_OBJECT = StoredObject.MAX_PAYLOAD + (32 << 20);
  private static final int BUFFER = 1 << 16;
  private static final String WRITE = "write an archive";
  private static final String READ = "read an archive";

  private StoreArchive() {}

  /**
   * Writes refs and all objects that they need.
   *
   * @param refs all refs of the store, which tell what was erased
   * @param some those to be written
   * @param out is flushed, but belongs to the caller
   * @param execution hears of the progress and may cancel it
   * @throws IOException if writing fails
   * @throws dev.mlstack.store.StoreException if an object is missing or damaged
   */
  public static void write(
      ObjectStore store, Refs refs, Collection<Ref> some, OutputStream out, Execution execution)
      throws IOException {
    new Writer(store, Erasure.tombstones(refs.list()), out, execution).write(some);
  }

  /** Writes one archive. */
  private static final class Writer {
    private final ObjectStore store;
    private final Execution execution;
    private final MessageDigest sha256 = sha256();
    private final DataOutputStream out;
    private final DigestSet written = new DigestSet();
    private final Map<Digest, Ref> tombstones;
    private final Deque<Ref> open = new ArrayDeque<>();
    private final Set<RefName> named = new HashSet<>();
    private long items;

    Writer(ObjectStore store, Map<Digest, Ref> tombstones, OutputStream out, Execution execution) {
      this.store = store;
      this.tombstones = tombstones;
      this.execution = execution;
      this.out =
          new DataOutputStream(
              new BufferedOutputStream(new DigestOutputStream(out, sha256), BUFFER));
    }

    void write(Collection<Ref> refs) throws IOException {
      out.write(MAGIC);
      open.addAll(refs);
      for (Ref ref = open.poll(); ref != null; ref = open.poll()) {
        if (!named.add(ref.name())) {
          continue;
        }
        writeAll(ref.target());
        byte[] name = ref.name().path().getBytes(StandardCharsets.US_ASCII);
        out.writeByte(REF);
        out.write(ref.target().toBytes());
        out.writeShort(name.length);
        out.write(name);
        items++;
      }
      out.writeByte(END);
      out.writeLong(items);
      out.flush();
      out.write(sha256.digest());
      out.flush();
    }

    /** Writes an object after all that it holds. */
    private void writeAll(Digest root) throws IOException {
      Deque<Open> path = new ArrayDeque<>();
      open(root, path);
      while (!path.isEmpty()) {
        Open last = path.element();
        Optional<Digest> next = last.next();
        if (next.isPresent()) {
          open(next.get(), path);
        } else {
          write(path.remove().object);
        }
      }
    }

    private void open(Digest digest, Deque<Open> path) {
      Ref tombstone = tombstones.get(digest);
      if (tombstone != null) {
        open.add(tombstone);
      } else if (written.add(digest)) {
        execution.checkCancelled(WRITE);
        path.push(new Open(store.get(digest)));
      }
    }

    private void write(StoredObject object) throws IOException {
      out.writeByte(OBJECT);
      out.write(object.digest().toBytes());
      out.writeInt(object.encodedSize());
      object.transferTo(out);
      items++;
      execution.report(Progress.of(WRITE, items, Progress.UNKNOWN));
    }
  }

  /** An object, some of whose targets are still to be written. */
  private static final class Open {
    private final StoredObject object;
    private final Deque<Edge> edges;

    Open(StoredObject object) {
      this.object = object;
      this.edges = new ArrayDeque<>(object.edges());
    }

    Optional<Digest> next() {
      while (!edges.isEmpty()) {
        Edge edge = edges.remove();
        if (edge.holds()) {
          return Optional.of(edge.target());
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Puts all objects of an archive into a store: all of them or, if it fails, none. Until refs
   * point to them, the grace of collections protects them.
   *
   * @param in is read to the end of the archive; belongs to the caller
   * @param execution hears of the progress and may cancel it
   * @return the refs of the archive, which are not set; see {@link #merge}
   * @throws IOException if reading fails, or the bytes are no archive, or cut short, or damaged
   */
  public static List<Ref> read(InputStream in, ObjectStore store, Execution execution)
      throws IOException {
    MessageDigest sha256 = sha256();
    DataInputStream data =
        new DataInputStream(new DigestInputStream(new BufferedInputStream(in, BUFFER), sha256));
    List<Ref> refs = new ArrayList<>();
    try (Batch batch = store.batch()) {
      require(Arrays.equals(data.readNBytes(MAGIC.length), MAGIC), "it does not begin like one");
      long items = 0;
      for (int kind = data.readUnsignedByte(); kind != END; kind = data.readUnsignedByte()) {
        execution.checkCancelled(READ);
        execution.report(Progress.of(READ, ++items, Progress.UNKNOWN));
        Digest digest = Digest.ofBytes(bytes(data, Digest.BYTES));
        if (kind == OBJECT) {
          readObject(data, digest, batch);
        } else {
          require(kind == REF, "it has an item of the unknown kind " + kind);
          String name =
              new String(bytes(data, data.readUnsignedShort()), StandardCharsets.US_ASCII);
          refs.add(new Ref(name(name), digest, 1));
        }
      }
      require(data.readLong() == items, "it has not as many items as it says");
      byte[] expected = sha256.digest();
      require(Arrays.equals(bytes(data, Digest.BYTES), expected), "its checksum is wrong");
      batch.commit();
    } catch (EOFException e) {
      throw new IOException("this is no archive of a store: it is cut short", e);
    }
    return refs;
  }

  private static RefName name(String name) throws IOException {
    try {
      return new RefName(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("this is no archive of a store: " + e.getMessage(), e);
    }
  }

  private static void readObject(DataInputStream data, Digest digest, Batch batch)
      throws IOException {
    int length = data.readInt();
    require(length >= 0 && length <= MAX_OBJECT, "it has an object of " + length + " bytes");
    StoredObject object;
    try {
      object = StoredObject.decode(bytes(data, length));
    } catch (IllegalArgumentException e) {
      throw new IOException("object " + digest + " of the archive is damaged", e);
    }
    if (!object.digest().equals(digest)) {
      throw new IOException("object " + digest + " of the archive is damaged");
    }
    batch.put(object);
  }

  private static byte[] bytes(DataInputStream data, int length) throws IOException {
    byte[] bytes = data.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException("this is no archive of a store: " + otherwise);
    }
  }

  /**
   * Creates refs that were read, where there are none of their names. The objects must be in the
   * store of these refs.
   *
   * @param cause who imports them, and why
   * @return those that exist already and point elsewhere, as they were read; they stay as they are
   */
  public static List<Ref> merge(Collection<Ref> read, Refs refs, Cause cause) {
    List<Ref> others = new ArrayList<>();
    for (Ref ref : read) {
      boolean created = refs.create(ref.name(), ref.target(), cause);
      if (!created
          && refs.find(ref.name()).filter(r -> r.target().equals(ref.target())).isEmpty()) {
        others.add(ref);
      }
    }
    return others;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has SHA-256", e);
    }
  }
}
