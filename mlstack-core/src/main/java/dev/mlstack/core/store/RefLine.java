package dev.mlstack.core.store;

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
 * One line of the file of a ref.
 *
 * <pre>
 * 9f3c01aa 00000048 {"at":"2026-01-31T12:00:00Z","by":"ada","move":1,"to":"9f86...","why":"first"}
 * </pre>
 *
 * <p>A line is a checksum, a space, the number of bytes of the JSON, a space, the canonical JSON
 * and a newline. Both numbers have 8 hexadecimal digits; the checksum is the CRC-32C of all between
 * it and the newline. In the JSON, {@code from} is missing when the ref was created, {@code to}
 * when it was deleted.
 *
 * @param number which move of the ref it is, from 1
 * @param move the move
 */
record RefLine(long number, RefMove move) {

  private static final int DIGITS = 8;
  private static final int LENGTH_AT = DIGITS + 1;
  private static final int JSON_AT = LENGTH_AT + DIGITS + 1;

  /** Returns the bytes of this line, with the newline. */
  byte[] toBytes() {
    Value.Doc.Builder doc = Value.doc();
    move.from().ifPresent(from -> doc.put("from", from.hex()));
    move.to().ifPresent(to -> doc.put("to", to.hex()));
    doc.put("at", move.at().toString()).put("by", move.cause().by());
    doc.put("why", move.cause().why()).put("move", number);
    String json = doc.build().canonicalJson();
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    String checked = " " + HexFormat.of().toHexDigits(length) + " " + json;
    byte[] bytes = ("0".repeat(DIGITS) + checked + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] checksum = checksum(bytes).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, bytes, 0, DIGITS);
    return bytes;
  }

  /** Returns the checksum of a line with its newline. */
  private static String checksum(byte[] line) {
    CRC32C sum = new CRC32C();
    sum.update(line, DIGITS, line.length - DIGITS - 1);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /**
   * Returns the line with the given bytes.
   *
   * @param line the bytes of a line, with the newline
   * @throws IllegalArgumentException if they are not those of a line; the message says why
   */
  static RefLine parse(byte[] line) {
    if (line.length <= JSON_AT || !ascii(line, 0, DIGITS).equals(checksum(line))) {
      throw new IllegalArgumentException("the line does not have the checksum that it begins with");
    }
    String json = new String(line, JSON_AT, line.length - JSON_AT - 1, StandardCharsets.UTF_8);
    try {
      return parse(Json.parse(json).asDoc());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("the line is not a move: " + e.getMessage(), e);
    }
  }

  private static RefLine parse(Value.Doc doc) {
    RefMove move =
        new RefMove(
            digest(doc, "from"),
            digest(doc, "to"),
            Instant.parse(doc.text("at")),
            new Cause(doc.text("by"), doc.text("why")));
    return new RefLine(doc.whole("move"), move);
  }

  private static Optional<Digest> digest(Value.Doc doc, String name) {
    return doc.has(name) ? Optional.of(Digest.parse(doc.text(name))) : Optional.empty();
  }

  /**
   * Tells whether some bytes without a newline can be the beginning of a line. If they are as many
   * as the line has, its newline was there once, and something has changed it.
   */
  static boolean isUnfinished(byte[] bytes) {
    if (bytes.length < JSON_AT) {
      return true;
    }
    try {
      int length = HexFormat.fromHexDigits(ascii(bytes, LENGTH_AT, DIGITS));
      return length >= 0 && bytes.length <= (long) JSON_AT + length;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String ascii(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.US_ASCII);
  }
}
