package dev.mlstack.s3;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.Value;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One move of a ref, as a line of its log.
 *
 * <pre>
 * 9f3c01aa {"at":"2026-01-31T12:00:00Z","by":"ada","id":"0b5e...","move":1,"to":"9f86...","why":""}
 * </pre>
 *
 * <p>A line is a checksum, the CRC-32C of the JSON, in 8 hexadecimal digits, a space, the canonical
 * JSON and a newline. In the JSON, {@code from} is missing when the ref was created, {@code to}
 * when it was deleted.
 *
 * @param number which move of the ref it is, from 1
 * @param id what only this attempt to move has: by it, who got no answer finds out whether it moved
 * @param move the move
 */
record RefLine(long number, String id, RefMove move) {

  private static final int DIGITS = 8;

  /** Returns the text of this line, with the newline. */
  String toText() {
    Value.Doc.Builder doc = Value.doc();
    move.from().ifPresent(from -> doc.put("from", from.hex()));
    move.to().ifPresent(to -> doc.put("to", to.hex()));
    doc.put("at", move.at().toString()).put("by", move.cause().by()).put("id", id);
    doc.put("why", move.cause().why()).put("move", number);
    String json = doc.build().canonicalJson();
    return checksum(json) + " " + json + "\n";
  }

  private static String checksum(String json) {
    CRC32C sum = new CRC32C();
    sum.update(json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /**
   * Returns the line with the given text.
   *
   * @param line the text, without the newline
   * @throws IllegalArgumentException if it is not that of a line; the message says why
   */
  static RefLine parse(String line) {
    String json = line.substring(Math.min(DIGITS + 1, line.length()));
    if (!line.startsWith(checksum(json) + " ")) {
      throw new IllegalArgumentException("a line does not have the checksum that it begins with");
    }
    try {
      return parse(Json.parse(json).asDoc());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a line is not a move: " + e.getMessage(), e);
    }
  }

  private static RefLine parse(Value.Doc doc) {
    RefMove move =
        new RefMove(
            digest(doc, "from"),
            digest(doc, "to"),
            Instant.parse(doc.text("at")),
            new Cause(doc.text("by"), doc.text("why")));
    return new RefLine(doc.whole("move"), doc.text("id"), move);
  }

  private static Optional<Digest> digest(Value.Doc doc, String name) {
    return doc.has(name) ? Optional.of(Digest.parse(doc.text(name))) : Optional.empty();
  }
}
