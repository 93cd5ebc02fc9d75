package dev.mlstack.core.store;

import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an object, kept as its difference from that of another:
 *
 * <pre>
 * digest    32 bytes, of the object itself, so that it can be found without the index
 * base      32, the digest of the other object
 * depth     1: of how many patches the payload of the other is made, and one more
 * length    4, of the payload, big-endian
 * steps     as {@link BytePatch} has them
 * </pre>
 *
 * @param digest the object
 * @param base the other object
 * @param depth how many patches have to be applied to read the object
 * @param length how many bytes the payload has
 * @param steps how it is made; the rest of the buffer
 */
record StoredPatch(Digest digest, Digest base, int depth, int length, ByteBuffer steps) {

  /** How many patches may have to be applied to read an object. */
  static final int MAX_DEPTH = 8;

  /** A smaller payload is kept as it is. */
  static final int MIN_PAYLOAD = 512;

  static final int HEADER_BYTES = 2 * Digest.BYTES + 1 + Integer.BYTES;

  /** Returns the difference of two objects, or null if it saves less than half. */
  static @Nullable StoredPatch of(StoredObject object, StoredObject base, int baseDepth) {
    int most = object.payloadSize() / 2 - HEADER_BYTES;
    if (object.payloadSize() < MIN_PAYLOAD || baseDepth >= MAX_DEPTH) {
      return null;
    }
    byte[] steps = BytePatch.make(base.payload(), object.payload(), most);
    return steps == null || steps.length > most
        ? null
        : new StoredPatch(
            object.digest(),
            base.digest(),
            baseDepth + 1,
            object.payloadSize(),
            ByteBuffer.wrap(steps));
  }

  /**
   * Reads a patch.
   *
   * @throws IllegalArgumentException if it is none
   */
  static StoredPatch read(ByteBuffer bytes) {
    if (bytes.remaining() < HEADER_BYTES) {
      throw new IllegalArgumentException("a patch is cut short");
    }
    Digest digest = digest(bytes);
    Digest base = digest(bytes);
    int depth = bytes.get();
    int length = bytes.getInt();
    if (depth < 1 || depth > MAX_DEPTH || length < 0 || length > StoredObject.MAX_PAYLOAD) {
      throw new IllegalArgumentException("a patch has an impossible depth or length");
    }
    return new StoredPatch(digest, base, depth, length, bytes.slice());
  }

  private static Digest digest(ByteBuffer bytes) {
    byte[] digest = new byte[Digest.BYTES];
    bytes.get(digest);
    return Digest.ofBytes(digest);
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + steps.remaining());
    bytes.put(digest.toBytes()).put(base.toBytes()).put((byte) depth).putInt(length);
    return bytes.put(steps.duplicate()).array();
  }

  /**
   * Returns the object.
   *
   * @param header its header
   * @param other the base
   * @throws IllegalArgumentException if this is damaged
   */
  StoredObject applyTo(byte[] header, StoredObject other) {
    byte[] payload = BytePatch.apply(other.payload(), steps.duplicate(), length);
    ByteBuffer encoded = ByteBuffer.allocate(header.length + payload.length);
    return StoredObject.decode(encoded.put(header).put(payload).array());
  }
}
