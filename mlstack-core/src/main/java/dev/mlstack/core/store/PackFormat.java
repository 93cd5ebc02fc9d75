package dev.mlstack.core.store;

import dev.mlstack.store.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a pack file. All numbers are big-endian; lengths and counts are of 4 bytes, offsets
 * and times of 8.
 *
 * <pre>
 * magic     mlstpk01
 * records   one after another, each with
 *             codec            1 byte: how the payload is stored; 0 is as it is, 1 as a patch of that
 *                              of another object, as {@code StoredPatch} has it
 *             header length    4
 *             payload length   4, as stored
 *             checksum         4, of the nine bytes before and of the header
 *             header           the encoded object up to its empty line, never compressed
 *             payload          as the codec has it
 * index     for each record, sorted by digest
 *             digest           32
 *             offset           8, of the record in the file
 *             length           4, of the record; its highest bit is set if it is a patch
 * footer
 *             index offset     8
 *             count            4, of the records
 *             time             8, milliseconds since 1970, when the youngest object was stored
 *             checksum         4, of the index and of the 20 bytes before
 *             magic            mlstpkof; mlstpk2f if there are patches
 * </pre>
 *
 * <p>Checksums are CRC-32C. The one of a record lets a collection read headers alone; an object
 * that is handed out is verified by its digest. The one of the footer tells a pack that was cut or
 * damaged. Since records carry their lengths, they can be found without the index too.
 */
final class PackFormat {

  /** How the names of packs end. */
  static final String SUFFIX = ".pack";

  /** The first bytes of a pack; the last two digits are the version of the format. */
  static final byte[] MAGIC = "mlstpk01".getBytes(StandardCharsets.US_ASCII);

  /** The last bytes of a pack that was written to its end. */
  static final byte[] END_MAGIC = "mlstpkof".getBytes(StandardCharsets.US_ASCII);

  /** The last bytes of a pack in which there are patches. */
  static final byte[] END_MAGIC_2 = "mlstpk2f".getBytes(StandardCharsets.US_ASCII);

  /** The codec of a payload that is stored as it is. */
  static final byte PLAIN = 0;

  /** The codec of a payload that is stored as a {@link StoredPatch}. */
  static final byte PATCH = 1;

  /** Set in the length of an entry of the index that is a patch. */
  static final int PATCH_BIT = Integer.MIN_VALUE;

  /** The bytes of a record before the header of its object. */
  static final int PREFIX_BYTES = 1 + 3 * Integer.BYTES;

  /** The bytes of a record in the index. */
  static final int ENTRY_BYTES = Digest.BYTES + Long.BYTES + Integer.BYTES;

  /** The bytes after the index. */
  static final int FOOTER_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES + END_MAGIC.length;

  private static final int PREFIX_CHECKED_BYTES = 1 + 2 * Integer.BYTES;
  private static final int FOOTER_CHECKED_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private PackFormat() {}

  /**
   * What stands before an object.
   *
   * @param codec how the payload is stored
   * @param headerLength the bytes of the header of the object
   * @param payloadLength the bytes of the payload as stored
   * @param checksum of all of this and of the header
   */
  record Prefix(byte codec, int headerLength, int payloadLength, int checksum) {

    /** Returns the prefix of an object that is stored as it is. */
    static Prefix of(byte[] header, int payloadLength) {
      return of(PLAIN, header, payloadLength);
    }

    /** Returns the prefix of an object that is stored in a given way. */
    static Prefix of(byte codec, byte[] header, int payloadLength) {
      return new Prefix(
          codec, header.length, payloadLength, checksum(codec, header, payloadLength));
    }

    /** Tells whether this version knows how the payload is stored. */
    boolean isKnown() {
      return codec == PLAIN || codec == PATCH;
    }

    /** Reads a prefix. */
    static Prefix read(ByteBuffer bytes) {
      return new Prefix(bytes.get(), bytes.getInt(), bytes.getInt(), bytes.getInt());
    }

    /** Returns the bytes of this prefix. */
    byte[] toBytes() {
      ByteBuffer bytes = ByteBuffer.allocate(PREFIX_BYTES);
      return bytes.put(codec).putInt(headerLength).putInt(payloadLength).putInt(checksum).array();
    }

    /** Returns the length of the whole record. */
    long recordLength() {
      return (long) PREFIX_BYTES + headerLength + payloadLength;
    }

    /** Tells whether {@code header} is what the checksum was made of. */
    boolean fits(byte[] header) {
      return header.length == headerLength && checksum == checksum(codec, header, payloadLength);
    }

    private static int checksum(byte codec, byte[] header, int payloadLength) {
      ByteBuffer first = ByteBuffer.allocate(PREFIX_CHECKED_BYTES);
      CRC32C sum = new CRC32C();
      sum.update(first.put(codec).putInt(header.length).putInt(payloadLength).flip());
      sum.update(header);
      return (int) sum.getValue();
    }
  }

  /**
   * What stands at the end of a pack.
   *
   * @param indexOffset where the index begins
   * @param count how many records there are
   * @param created when the youngest object was stored, in milliseconds since 1970
   */
  record Footer(long indexOffset, int count, long created) {

    /** Returns the bytes of this footer behind an index with the given checksum so far. */
    byte[] toBytes(CRC32C index, boolean patches) {
      ByteBuffer bytes = ByteBuffer.allocate(FOOTER_BYTES);
      bytes.putLong(indexOffset).putInt(count).putLong(created);
      bytes.putInt(checksum(index)).put(patches ? END_MAGIC_2 : END_MAGIC);
      return bytes.array();
    }

    /** Returns the checksum of the index and of this footer; continues {@code index}. */
    int checksum(CRC32C index) {
      ByteBuffer bytes = ByteBuffer.allocate(FOOTER_CHECKED_BYTES);
      index.update(bytes.putLong(indexOffset).putInt(count).putLong(created).flip());
      return (int) index.getValue();
    }
  }
}
