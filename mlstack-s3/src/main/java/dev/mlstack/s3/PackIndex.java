package dev.mlstack.s3;

import dev.mlstack.store.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a pack has and where: the end of the pack, kept in 48 bytes of heap for each object and 32
 * for each edge that holds. Immutable.
 *
 * <p>The bytes of a pack, all numbers big-endian:
 *
 * <pre>
 * magic     mlsts301
 * objects   the encoded form of each, one after another
 * entries   for each object, sorted by digest
 *             digest        32
 *             offset         8, of the object in the pack
 *             length         4, of the object
 *             first target   4, the number of targets of the entries before
 * targets   32 bytes each: for each entry the targets of the edges that hold, in their order
 * footer
 *             offset         8, of the entries
 *             count          4, of the entries
 *             stored         8, milliseconds since 1970, when the youngest object was stored; 0 if
 *                               all were stored when the pack was
 *             checksum       4, CRC-32C of entries, targets and the 20 bytes before
 *             magic          mlsts3of
 * </pre>
 *
 * <p>Since the index has the edges that hold, a collection finds out what is needed from indexes
 * alone, without a request for each object.
 */
final class PackIndex {

  static final byte[] MAGIC = "mlsts301".getBytes(StandardCharsets.US_ASCII);
  static final byte[] END_MAGIC = "mlsts3of".getBytes(StandardCharsets.US_ASCII);
  static final int FOOTER_BYTES = 8 + 4 + 8 + 4 + END_MAGIC.length;
  static final int ENTRY_BYTES = Digest.BYTES + 8 + 4 + 4;

  /** When a pack was stored that was not listed yet. */
  static final long JUST_NOW = Long.MAX_VALUE;

  private static final int FOOTER_CHECKED_BYTES = 8 + 4 + 8;
  private static final int OFFSET_AT = Digest.BYTES;
  private static final int LENGTH_AT = OFFSET_AT + 8;
  private static final int TARGET_AT = LENGTH_AT + 4;

  private final String name;
  private final long size;
  private final long stored;
  private final @Nullable String damage;
  private final byte[] bytes;
  private final int count;

  private PackIndex(
      String name, long size, long stored, @Nullable String damage, byte[] bytes, int count) {
    this.name = name;
    this.size = size;
    this.stored = stored;
    this.damage = damage;
    this.bytes = bytes;
    this.count = count;
  }

  /**
   * An object in a pack.
   *
   * @param offset where it begins
   * @param length how many bytes it has
   */
  record Entry(Digest digest, long offset, int length) {}

  /** An entry in the making, with what it holds. */
  record Made(Entry entry, List<Digest> held) {}

  /**
   * The last bytes of a pack.
   *
   * @param entriesOffset where the entries begin
   * @param count how many entries there are
   * @param stored when the youngest object was stored, or 0
   * @param checksum what the footer says
   */
  record Footer(long entriesOffset, int count, long stored, int checksum) {

    /**
     * Reads the footer at the end of some bytes.
     *
     * @throws IllegalArgumentException if they do not end like a pack of {@code size} bytes
     */
    static Footer read(byte[] tail, long size) {
      boolean ends =
          tail.length >= FOOTER_BYTES
              && Arrays.equals(
                  tail,
                  tail.length - END_MAGIC.length,
                  tail.length,
                  END_MAGIC,
                  0,
                  END_MAGIC.length);
      if (!ends) {
        throw new IllegalArgumentException("it does not end like a pack of this version");
      }
      ByteBuffer bytes = ByteBuffer.wrap(tail, tail.length - FOOTER_BYTES, FOOTER_BYTES);
      Footer footer = new Footer(bytes.getLong(), bytes.getInt(), bytes.getLong(), bytes.getInt());
      long indexBytes = size - FOOTER_BYTES - footer.entriesOffset;
      boolean fits =
          footer.entriesOffset >= MAGIC.length
              && footer.count >= 0
              && indexBytes >= (long) footer.count * ENTRY_BYTES
              && indexBytes <= Integer.MAX_VALUE - FOOTER_BYTES
              && indexBytes % Digest.BYTES == (long) footer.count * ENTRY_BYTES % Digest.BYTES;
      if (!fits) {
        throw new IllegalArgumentException("its footer does not fit its size");
      }
      return footer;
    }
  }

  /**
   * Returns the index in the last bytes of a pack.
   *
   * @param size the bytes of the whole pack
   * @param modified when the pack was stored, in milliseconds since 1970, or {@link #JUST_NOW}
   * @param tail entries, targets and footer
   * @throws IllegalArgumentException if they are damaged; the message says how
   */
  static PackIndex parse(String name, long size, long modified, byte[] tail) {
    Footer footer = Footer.read(tail, size);
    if (tail.length != size - footer.entriesOffset) {
      throw new IllegalArgumentException("its index was cut");
    }
    if (checksum(tail) != footer.checksum) {
      throw new IllegalArgumentException("its index does not have the checksum of its footer");
    }
    long stored = footer.stored == 0 ? modified : footer.stored;
    byte[] index = Arrays.copyOf(tail, tail.length - FOOTER_BYTES);
    PackIndex parsed = new PackIndex(name, size, stored, null, index, footer.count);
    parsed.requireInside(footer.entriesOffset);
    return parsed;
  }

  private void requireInside(long end) {
    int targets = (bytes.length - count * ENTRY_BYTES) / Digest.BYTES;
    for (int i = 0; i < count; i++) {
      Entry entry = entry(i);
      int next = i + 1 < count ? number(i + 1, TARGET_AT) : targets;
      boolean inside =
          entry.offset >= MAGIC.length
              && entry.length > 0
              && entry.offset <= end - entry.length
              && number(i, TARGET_AT) >= 0
              && number(i, TARGET_AT) <= next
              && next <= targets;
      if (!inside) {
        throw new IllegalArgumentException("its index names a place outside of it");
      }
    }
  }

  /** Returns the index of a pack of which nothing can be found. */
  static PackIndex damaged(String name, long size, long modified, String damage) {
    return new PackIndex(name, size, modified, damage, new byte[0], 0);
  }

  /**
   * Returns the last bytes of a pack: entries, targets and footer.
   *
   * @param entriesOffset where they begin
   * @param stored when the youngest object was stored, or 0
   */
  static byte[] tail(long entriesOffset, List<Made> objects, long stored) {
    List<Made> sorted = new ArrayList<>(objects);
    sorted.sort(Comparator.comparing(made -> made.entry().digest()));
    int targets = objects.stream().mapToInt(made -> made.held().size()).sum();
    long length =
        (long) objects.size() * ENTRY_BYTES + (long) targets * Digest.BYTES + FOOTER_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
    int first = 0;
    for (Made made : sorted) {
      Entry entry = made.entry();
      bytes.put(entry.digest.toBytes()).putLong(entry.offset).putInt(entry.length).putInt(first);
      first += made.held().size();
    }
    sorted.forEach(made -> made.held().forEach(target -> bytes.put(target.toBytes())));
    bytes.putLong(entriesOffset).putInt(objects.size()).putLong(stored);
    bytes.putInt(checksum(bytes.array())).put(END_MAGIC);
    return bytes.array();
  }

  /** Returns the checksum of all up to the checksum itself. */
  private static int checksum(byte[] tail) {
    CRC32C sum = new CRC32C();
    sum.update(tail, 0, tail.length - FOOTER_BYTES + FOOTER_CHECKED_BYTES);
    return (int) sum.getValue();
  }

  /** Returns the name of the pack, which no other pack ever has. */
  String name() {
    return name;
  }

  /** Returns the bytes of the whole pack. */
  long size() {
    return size;
  }

  /** Returns when the youngest object was stored, by the clock of the server. */
  long stored() {
    return stored;
  }

  /** Returns this index with the time when the pack was stored, if that was not known. */
  PackIndex listed(long modified) {
    return stored == JUST_NOW ? new PackIndex(name, size, modified, damage, bytes, count) : this;
  }

  /** Returns what is wrong with the pack as a whole, or null. */
  @Nullable String damage() {
    return damage;
  }

  /** Returns how many objects there are. */
  int count() {
    return count;
  }

  /** Returns where in the index an object is, or a negative number if it is not there. */
  int find(byte[] digest) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = middle * ENTRY_BYTES;
      int order = Arrays.compareUnsigned(bytes, at, at + Digest.BYTES, digest, 0, Digest.BYTES);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Returns the digest of an object by its position in the index. */
  Digest digest(int position) {
    return digestAt(position * ENTRY_BYTES);
  }

  private Digest digestAt(int at) {
    return Digest.ofBytes(Arrays.copyOfRange(bytes, at, at + Digest.BYTES));
  }

  /** Returns an entry by its position in the index. */
  Entry entry(int position) {
    long offset = ByteBuffer.wrap(bytes).getLong(position * ENTRY_BYTES + OFFSET_AT);
    return new Entry(digest(position), offset, number(position, LENGTH_AT));
  }

  private int number(int position, int at) {
    return ByteBuffer.wrap(bytes).getInt(position * ENTRY_BYTES + at);
  }

  /** Returns what an object holds, by the position of the object in the index. */
  List<Digest> held(int position) {
    int targets = count * ENTRY_BYTES;
    int from = targets + number(position, TARGET_AT) * Digest.BYTES;
    int to =
        position + 1 < count
            ? targets + number(position + 1, TARGET_AT) * Digest.BYTES
            : bytes.length;
    List<Digest> held = new ArrayList<>();
    for (int at = from; at < to; at += Digest.BYTES) {
      held.add(digestAt(at));
    }
    return held;
  }

  /** Returns the digests of all objects, as a view that makes them anew. */
  List<Digest> digests() {
    return new AbstractList<>() {
      @Override
      public Digest get(int position) {
        return digest(position);
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /** Returns all entries in the order in which the objects stand in the pack. */
  List<Entry> inPackOrder() {
    return IntStream.range(0, count)
        .mapToObj(this::entry)
        .sorted(Comparator.comparingLong(Entry::offset))
        .toList();
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
