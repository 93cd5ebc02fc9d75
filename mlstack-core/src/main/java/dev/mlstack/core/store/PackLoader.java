package dev.mlstack.core.store;

import dev.mlstack.core.store.PackFormat.Footer;
import dev.mlstack.core.store.PackFormat.Prefix;
import dev.mlstack.store.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads the index of a pack, or, if that is damaged, finds the objects that are still whole by
 * walking from record to record.
 */
final class PackLoader {

  private static final int CHUNK_ENTRIES = 1 << 14;
  private static final int MAX_COUNT = Integer.MAX_VALUE / Pack.WORDS - 1;

  private final Path file;
  private final FileChannel channel;
  private final long size;

  private PackLoader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * Returns what a pack file holds. A damaged file is no failure: the pack then says what is wrong
   * with it.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file (any more)
   */
  static Pack load(Path file) throws IOException {
    return Disk.uninterrupted(
        () -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new PackLoader(file, channel).load();
          }
        });
  }

  private Pack load() throws IOException {
    try {
      return indexed();
    } catch (DamagedPackException e) {
      long modified = Files.getLastModifiedTime(file).toMillis();
      return Pack.of(file, modified, e.getMessage(), walk());
    }
  }

  private Pack indexed() throws IOException {
    long footerOffset = size - PackFormat.FOOTER_BYTES;
    require(footerOffset >= PackFormat.MAGIC.length, size, "the file is cut short");
    requireMagic(0, PackFormat.MAGIC, "the file does not begin like a pack of this version");
    long end = size - PackFormat.END_MAGIC.length;
    byte[] magic = read(end, PackFormat.END_MAGIC.length).array();
    require(
        Arrays.equals(magic, PackFormat.END_MAGIC) || Arrays.equals(magic, PackFormat.END_MAGIC_2),
        end,
        "the file does not end like one");
    ByteBuffer bytes = read(footerOffset, PackFormat.FOOTER_BYTES);
    Footer footer = new Footer(bytes.getLong(), bytes.getInt(), bytes.getLong());
    long indexBytes = (long) footer.count() * PackFormat.ENTRY_BYTES;
    require(
        footer.count() >= 0
            && footer.count() <= MAX_COUNT
            && footer.indexOffset() == footerOffset - indexBytes,
        footerOffset,
        "the footer does not fit the length of the file");
    CRC32C checksum = new CRC32C();
    Pack pack = index(footer, checksum);
    require(
        footer.checksum(checksum) == bytes.getInt(),
        footer.indexOffset(),
        "the index does not have the checksum that the footer says");
    for (int i = 0; i < pack.size(); i++) {
      requireInside(pack.entry(i), footer.indexOffset());
    }
    return pack;
  }

  private Pack index(Footer footer, CRC32C checksum) throws IOException {
    int count = footer.count();
    long[] digests = new long[count * Pack.WORDS];
    long[] offsets = new long[count];
    int[] lengths = new int[count];
    for (int from = 0; from < count; from += CHUNK_ENTRIES) {
      int to = Math.min(from + CHUNK_ENTRIES, count);
      long offset = footer.indexOffset() + (long) from * PackFormat.ENTRY_BYTES;
      ByteBuffer bytes = read(offset, (to - from) * PackFormat.ENTRY_BYTES);
      checksum.update(bytes.array());
      for (int i = from; i < to; i++) {
        for (int word = 0; word < Pack.WORDS; word++) {
          digests[i * Pack.WORDS + word] = bytes.getLong();
        }
        offsets[i] = bytes.getLong();
        lengths[i] = bytes.getInt();
      }
    }
    return new Pack(file, footer.created(), null, digests, offsets, lengths);
  }

  private static void requireInside(Pack.Entry entry, long end) throws DamagedPackException {
    boolean inside =
        entry.offset() >= PackFormat.MAGIC.length
            && entry.length() > PackFormat.PREFIX_BYTES
            && entry.offset() <= end - entry.length();
    require(inside, end, "the index names a place outside of the file");
  }

  /** Returns the records from the beginning up to the first that cannot be one. */
  private List<Pack.Entry> walk() throws IOException {
    List<Pack.Entry> entries = new ArrayList<>();
    long offset = PackFormat.MAGIC.length;
    while (size - offset >= PackFormat.PREFIX_BYTES) {
      Prefix prefix = Prefix.read(read(offset, PackFormat.PREFIX_BYTES));
      boolean possible =
          prefix.isKnown()
              && prefix.headerLength() > 0
              && prefix.payloadLength() >= 0
              && prefix.recordLength() <= Math.min(size - offset, Integer.MAX_VALUE);
      if (!possible) {
        break;
      }
      int length = (int) prefix.recordLength();
      byte[] object =
          read(offset + PackFormat.PREFIX_BYTES, length - PackFormat.PREFIX_BYTES).array();
      if (!prefix.fits(Arrays.copyOf(object, prefix.headerLength()))) {
        break;
      }
      boolean isPatch = prefix.codec() == PackFormat.PATCH;
      if (isPatch && prefix.payloadLength() < StoredPatch.HEADER_BYTES) {
        break;
      }
      entries.add(new Pack.Entry(digest(object, prefix), offset, length, isPatch));
      offset += length;
    }
    return entries;
  }

  /**
   * Returns the digest of an object: of its bytes, or what the patch says, which is not verified.
   */
  private static Digest digest(byte[] object, Prefix prefix) {
    if (prefix.codec() == PackFormat.PLAIN) {
      return Digest.of(object);
    }
    int from = prefix.headerLength();
    return Digest.ofBytes(Arrays.copyOfRange(object, from, from + Digest.BYTES));
  }

  private void requireMagic(long offset, byte[] magic, String otherwise) throws IOException {
    require(Arrays.equals(read(offset, magic.length).array(), magic), offset, otherwise);
  }

  private static void require(boolean condition, long offset, String otherwise)
      throws DamagedPackException {
    if (!condition) {
      throw new DamagedPackException(otherwise + " (byte " + offset + ")");
    }
  }

  private ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    PackChannels.readFully(channel, offset, bytes);
    return bytes.flip();
  }

  /** The file as a whole is not a pack, or not any more. */
  private static final class DamagedPackException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedPackException(String message) {
      super(message);
    }
  }
}
