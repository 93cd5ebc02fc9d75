package dev.mlstack.data.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The texts that stand for a missing value, beside the empty field, which always does.
 *
 * <p>Those that an application names do so in every column. Those that are the default do so where
 * they cannot be a value: not in text, and not in a category that has such a value.
 */
final class MissingTokens {

  /** The texts that stand for a missing value by default. */
  static final List<String> DEFAULT =
      List.of("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", "?", "-");

  private final byte[][] tokens;
  private final boolean[] firstBytes = new boolean[256];
  private final int maxLength;
  private final boolean everywhere;

  private MissingTokens(List<String> texts, boolean everywhere) {
    this.tokens =
        texts.stream()
            .filter(text -> !text.isEmpty())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    for (byte[] token : tokens) {
      firstBytes[token[0] & 0xFF] = true;
    }
    this.maxLength = Arrays.stream(tokens).mapToInt(token -> token.length).max().orElse(0);
    this.everywhere = everywhere;
  }

  /** Returns the default. */
  static MissingTokens standard() {
    return new MissingTokens(DEFAULT, /* everywhere= */ false);
  }

  /** Returns those that an application names. */
  static MissingTokens of(List<String> texts) {
    return new MissingTokens(texts, /* everywhere= */ true);
  }

  /** Tells whether these tokens stand for a missing value also where they could be a value. */
  boolean everywhere() {
    return everywhere;
  }

  /** Tells whether some bytes, of which there is at least one, are a token. */
  boolean contains(byte[] bytes, int from, int to) {
    if (to - from > maxLength || !firstBytes[bytes[from] & 0xFF]) {
      return false;
    }
    for (byte[] token : tokens) {
      if (Arrays.equals(bytes, from, to, token, 0, token.length)) {
        return true;
      }
    }
    return false;
  }
}
