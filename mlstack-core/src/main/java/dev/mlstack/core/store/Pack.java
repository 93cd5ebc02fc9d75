package dev.mlstack.core.store;

import dev.mlstack.store.Digest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a pack file holds and where: its index, kept in 44 bytes of heap for each object. Immutable.
 */
final class Pack {

  /** How many numbers of 64 bits a digest is. */
  static final int WORDS = Digest.BYTES / Long.BYTES;

  private final Path file;
  private final long created;
  private final @Nullable String damage;
  private final long[] digests;
  private final long[] offsets;
  private final int[] lengths;

  /**
   * Creates the index of a pack.
   *
   * @param created when its youngest object was stored, in milliseconds since 1970
   * @param damage what is wrong with the file as a whole, or null
   * @param digests four numbers for each object; not copied, as are the others
   * @param offsets where the record of each object begins in the file
   * @param lengths how long the record of each object is, with {@link PackFormat#PATCH_BIT} if it
   *     is a patch
   */
  Pack(
      Path file,
      long created,
      @Nullable String damage,
      long[] digests,
      long[] offsets,
      int[] lengths) {
    this.file = file;
    this.created = created;
    this.damage = damage;
    this.digests = digests;
    this.offsets = offsets;
    this.lengths = lengths;
  }

  /** Returns the index of a pack that has the given entries. */
  static Pack of(Path file, long created, @Nullable String damage, List<Entry> entries) {
    long[] digests = new long[entries.size() * WORDS];
    for (int i = 0; i < entries.size(); i++) {
      byte[] digest = entries.get(i).digest().toBytes();
      ByteBuffer.wrap(digest).asLongBuffer().get(digests, i * WORDS, WORDS);
    }
    long[] offsets = entries.stream().mapToLong(Entry::offset).toArray();
    int[] lengths = entries.stream().mapToInt(Entry::codedLength).toArray();
    return new Pack(file, created, damage, digests, offsets, lengths);
  }

  /**
   * Where an object is.
   *
   * @param digest its digest
   * @param offset where its record begins in the file
   * @param length how long its record is
   * @param isPatch whether it is a patch of another object
   */
  record Entry(Digest digest, long offset, int length, boolean isPatch) {

    /** Returns the length as the index has it. */
    int codedLength() {
      return isPatch ? length | PackFormat.PATCH_BIT : length;
    }
  }

  /** Returns the file. */
  Path file() {
    return file;
  }

  /** Returns when the youngest object was stored, in milliseconds since 1970. */
  long created() {
    return created;
  }

  /** Returns what is wrong with the file as a whole, or null if nothing is. */
  @Nullable String damage() {
    return damage;
  }

  /** Returns how many objects there are. */
  int size() {
    return lengths.length;
  }

  /** Returns how many bytes the records of all objects have. */
  long bytes() {
    long bytes = 0;
    for (int length : lengths) {
      bytes += length & ~PackFormat.PATCH_BIT;
    }
    return bytes;
  }

  /** Returns an entry by its position in the index. */
  Entry entry(int position) {
    return new Entry(
        digest(position),
        offsets[position],
        lengths[position] & ~PackFormat.PATCH_BIT,
        isPatch(position));
  }

  /** Tells whether an object is stored as a patch of another. */
  boolean isPatch(int position) {
    return lengths[position] < 0;
  }

  /** Returns the digest of an object by its position in the index. */
  Digest digest(int position) {
    ByteBuffer bytes = ByteBuffer.allocate(Digest.BYTES);
    bytes.asLongBuffer().put(digests, position * WORDS, WORDS);
    return Digest.ofBytes(bytes.array());
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
        return lengths.length;
      }
    };
  }

  /** Returns the positions of all objects in the order in which they stand in the file. */
  int[] inFileOrder() {
    return IntStream.range(0, size())
        .boxed()
        .sorted(Comparator.comparingLong(position -> offsets[position]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the first 8 bytes of a digest. */
  long firstWord(int position) {
    return digests[position * WORDS];
  }

  /** Tells whether the object at a position has a digest with the given 32 bytes. */
  boolean has(int position, ByteBuffer words) {
    int i = position * WORDS;
    return digests[i] == words.getLong(0)
        && digests[i + 1] == words.getLong(8)
        && digests[i + 2] == words.getLong(16)
        && digests[i + 3] == words.getLong(24);
  }

  /** Returns the file. */
  @Override
  public String toString() {
    return file.toString();
  }
}
