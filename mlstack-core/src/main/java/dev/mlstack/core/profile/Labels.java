package dev.mlstack.core.profile;

import dev.mlstack.core.math.Hashes;
import java.nio.charset.StandardCharsets;

/**
 * What a text is called in a profile: itself, or if it has more than {@link #MAX_BYTES} bytes of
 * UTF-8, its first characters, an ellipsis and its hash. So a profile stays small, and texts that
 * begin alike stay apart. A label with more bytes than that is always a shortened one.
 */
final class Labels {

  /** The greatest number of bytes of a text that is its own label: 80. */
  static final int MAX_BYTES = 80;

  private static final int KEPT_BYTES = 64;
  private static final int HASH_DIGITS = 16;
  private static final String MARK = "\u2026#";

  private Labels() {}

  /** Returns the label of a text of {@code length} bytes. */
  static String of(byte[] bytes, int from, int length, long hash) {
    if (length <= MAX_BYTES) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int end = KEPT_BYTES;
    while (end > KEPT_BYTES - 3 && (bytes[from + end] & 0xC0) == 0x80) {
      end--;
    }
    String digits = Long.toHexString(hash);
    return new String(bytes, from, end, StandardCharsets.UTF_8)
        + MARK
        + "0".repeat(HASH_DIGITS - digits.length())
        + digits;
  }

  /** Returns the label of a text. */
  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length, Hashes.of(bytes, 0, bytes.length));
  }

  /** Tells whether a label is a shortened text. */
  static boolean isShortened(String label) {
    return label.length() > MAX_BYTES || label.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  /**
   * Returns the hash of the text that a label stands for.
   *
   * @throws IllegalArgumentException if it is too long for a label and is no shortened one
   */
  static long hash(String label) {
    byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_BYTES
        ? Hashes.of(bytes, 0, bytes.length)
        : Long.parseUnsignedLong(label.substring(label.length() - HASH_DIGITS), 16);
  }
}
