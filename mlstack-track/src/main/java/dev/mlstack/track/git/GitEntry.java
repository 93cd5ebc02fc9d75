package dev.mlstack.track.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One file in the index of Git.
 *
 * @param path where it is, below the root of the checkout
 * @param mode what it is, as Git writes it
 * @param modifiedSeconds when it was last changed before Git looked, since 1970
 * @param modifiedNanos the rest of that; 0 if it is not known
 * @param size how many bytes it had, modulo 2<sup>32</sup>
 * @param hash the name of its content, in hexadecimal digits
 * @param flags the flags of the index
 * @param moreFlags those of version 3
 */
record GitEntry(
    String path,
    int mode,
    long modifiedSeconds,
    int modifiedNanos,
    long size,
    String hash,
    int flags,
    int moreFlags) {

  private static final int FIXED_BYTES = 40;
  private static final int SHA1_BYTES = 20;

  private static final int TYPE_MASK = 0xF000;
  private static final int REGULAR = 0x8000;
  private static final int LINK = 0xA000;

  private static final int ASSUME_VALID = 0x8000;
  private static final int EXTENDED = 0x4000;
  private static final int STAGE_MASK = 0x3000;
  private static final int SKIP_WORKTREE = 0x4000;

  private static final long UNSIGNED = 0xFFFFFFFFL;

  static GitEntry read(ByteBuffer bytes, int version, int hashBytes, String previous) {
    int start = bytes.position();
    long seconds = bytes.getInt(start + 8) & UNSIGNED;
    int nanos = bytes.getInt(start + 12);
    int mode = bytes.getInt(start + 24);
    long size = bytes.getInt(start + 36) & UNSIGNED;
    byte[] hash = new byte[hashBytes];
    bytes.position(start + FIXED_BYTES).get(hash);
    int flags = bytes.getShort() & 0xFFFF;
    int more = (flags & EXTENDED) != 0 ? bytes.getShort() & 0xFFFF : 0;
    String path = version < 4 ? padded(bytes, start) : suffixed(bytes, previous);
    return new GitEntry(
        path, mode, seconds, nanos, size, HexFormat.of().formatHex(hash), flags, more);
  }

  /** Reads a path that is filled up with 1 to 8 zeros, so that the entry is a multiple of 8. */
  private static String padded(ByteBuffer bytes, int start) {
    String path = untilZero(bytes);
    int length = bytes.position() - 1 - start;
    bytes.position(start + (length + 8) / 8 * 8);
    return path;
  }

  /** Reads a path that shares its beginning with the one before. */
  private static String suffixed(ByteBuffer bytes, String previous) {
    int b = bytes.get() & 0xFF;
    int dropped = b & 0x7F;
    while ((b & 0x80) != 0) {
      b = bytes.get() & 0xFF;
      dropped = ((dropped + 1) << 7) | (b & 0x7F);
    }
    byte[] before = previous.getBytes(StandardCharsets.UTF_8);
    byte[] after = untilZero(bytes).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    path.write(before, 0, before.length - dropped);
    path.writeBytes(after);
    return path.toString(StandardCharsets.UTF_8);
  }

  private static String untilZero(ByteBuffer bytes) {
    int from = bytes.position();
    while (bytes.get() != 0) {
      // Looks for the end.
    }
    return new String(bytes.array(), from, bytes.position() - 1 - from, StandardCharsets.UTF_8);
  }

  /** Tells whether this is a file or a link whose content matters. */
  boolean isFile() {
    boolean watched = (flags & ASSUME_VALID) == 0 && (moreFlags & SKIP_WORKTREE) == 0;
    return watched && ((mode & TYPE_MASK) == REGULAR || isLink());
  }

  private boolean isLink() {
    return (mode & TYPE_MASK) == LINK;
  }

  boolean inConflict() {
    return (flags & STAGE_MASK) != 0;
  }

  /**
   * Tells whether size and time say that the file is as it was. A file that was changed as late as
   * the index itself may have been changed once more, unseen.
   */
  boolean surelySame(BasicFileAttributes now, Instant indexWritten) {
    Instant modified = now.lastModifiedTime().toInstant();
    boolean sameTime =
        modified.getEpochSecond() == modifiedSeconds
            && (modifiedNanos == 0 || modifiedNanos == modified.getNano());
    return sameTime && (now.size() & UNSIGNED) == size && modified.isBefore(indexWritten);
  }

  /** Tells whether a file has the content that the index names. */
  boolean sameContent(Path file) throws IOException {
    MessageDigest digest = digest();
    if (Files.isSymbolicLink(file) != isLink()) {
      return false;
    }
    if (isLink()) {
      byte[] target = Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
      digest.update(header(target.length));
      digest.update(target);
    } else {
      digest.update(header(Files.size(file)));
      update(digest, file);
    }
    return HexFormat.of().formatHex(digest.digest()).equals(hash);
  }

  private static byte[] header(long size) {
    return ("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static void update(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(hash.length() == 2 * SHA1_BYTES ? "SHA-1" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform provides SHA-1 and SHA-256", e);
    }
  }
}
