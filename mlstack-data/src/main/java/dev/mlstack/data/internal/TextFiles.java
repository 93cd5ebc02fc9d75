package dev.mlstack.data.internal;

import dev.mlstack.table.DataException;
import java.util.HexFormat;
import java.util.Map;

/** Tells files of text from others by how they begin. */
public final class TextFiles {

  private static final int LOOKED_AT_BYTES = 8192;

  /** How files begin that people mistake for text, in hexadecimal digits, and what to do. */
  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "504b0304", "is a zip archive or a spreadsheet; unpack it, or save it as CSV",
          "50415231", "is a Parquet file, not text",
          "4152524f5731", "is an Arrow file, not text");

  private TextFiles() {}

  /**
   * Checks that a file may be text.
   *
   * @param name what to call it
   * @param head how it begins
   * @param utf8 whether it is said to be UTF-8
   */
  public static void requireText(String name, byte[] head, boolean utf8) {
    String hex = HexFormat.of().formatHex(head, 0, Math.min(head.length, 8));
    BEGINNINGS.forEach(
        (beginning, what) -> {
          if (hex.startsWith(beginning)) {
            throw new DataException(name + " " + what);
          }
        });
    if (!utf8) {
      return;
    }
    if (hex.startsWith("fffe") || hex.startsWith("feff")) {
      throw new DataException(name + " is UTF-16 text; say .charset(StandardCharsets.UTF_16)");
    }
    for (int i = 0; i < Math.min(head.length, LOOKED_AT_BYTES); i++) {
      if (head[i] == 0) {
        throw new DataException(name + " is not text: byte " + i + " is zero");
      }
    }
  }
}
