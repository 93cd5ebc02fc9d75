package dev.mlstack.core.store;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of one ref: its history, one line for each move, the last of which says where it points.
 *
 * <pre>
 * 9f3c01aa {"at":"2026-01-31T12:00:00Z","by":"ada","move":1,"to":"9f86...","why":"first"}
 * </pre>
 *
 * <p>A line is the CRC-32C of the JSON as 8 hexadecimal digits, a space, the canonical JSON and a
 * newline. {@code move} counts from 1; {@code from} is missing when the ref was created, {@code to}
 * when it was deleted.
 *
 * <p>What stands behind the last newline is a line that was never finished: readers ignore it, and
 * the next writer cuts it off. Any other line that does not have its checksum, its number or the
 * right {@code from} is damage and gives a {@link StoreException} that names it. Writers take
 * turns; that is not the business of this class.
 */
final class RefLog {

  /** Read from the end of the file to find the last line; a longer line is found too. */
  private static final int TAIL = 1 << 14;

  private static final int CHECKSUM_DIGITS = 8;

  private final Path file;

  RefLog(Path file) {
    this.file = file;
  }

  /**
   * A line.
   *
   * @param number which move of the ref it is, from 1
   * @param move the move
   */
  record Line(long number, RefMove move) {}

  /**
   * The end of a file.
   *
   * @param last the last line, or nothing if there is none
   * @param length how many bytes the finished lines have
   */
  record End(Optional<Line> last, long length) {}

  /** Returns the end of the file as it is now. */
  End end() throws IOException {
    return steady(this::readEnd);
  }

  /** Returns every line. */
  List<Line> all() throws IOException {
    return steady(this::readAll);
  }

  /** Reads a second time what seems damaged: a writer may have cut an unfinished line meanwhile. */
  private static <T> T steady(Disk.Access<T> read) throws IOException {
    try {
      return read.get();
    } catch (StoreException e) {
      return read.get();
    }
  }

  private End readEnd() throws IOException {
    if (Files.notExists(file)) {
      return new End(Optional.empty(), 0);
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      Optional<End> end = length > TAIL ? end(in, length - TAIL, length) : Optional.empty();
      return end.isPresent() ? end.get() : end(in, 0, length).orElseThrow();
    }
  }

  /** Looks for the last line in a part of the file; returns nothing if it begins before. */
  private Optional<End> end(RandomAccessFile in, long from, long to) throws IOException {
    byte[] bytes = read(in, from, to);
    int end = lastNewline(bytes, bytes.length);
    int begin = end < 0 ? -1 : lastNewline(bytes, end);
    if (begin < 0 && from > 0) {
      return Optional.empty();
    }
    requireUnfinished(bytes, end + 1, from);
    if (end < 0) {
      return Optional.of(new End(Optional.empty(), 0));
    }
    Line last = parse(bytes, begin + 1, end, from);
    return Optional.of(new End(Optional.of(last), from + end + 1));
  }

  private List<Line> readAll() throws IOException {
    if (Files.notExists(file)) {
      return List.of();
    }
    byte[] bytes;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      bytes = read(in, 0, in.length());
    }
    List<Line> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(parse(bytes, begin, i, 0));
        requireSuccession(lines, begin);
        begin = i + 1;
      }
    }
    requireUnfinished(bytes, begin, 0);
    return lines;
  }

  /**
   * Adds a line, durably. If that fails, the file stays as it was.
   *
   * @param end the end of the file, which nobody else may change meanwhile
   */
  void append(Line line, End end) throws IOException {
    // Not a channel: an interrupt would close it.
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      write(out, format(line), end.length());
    }
  }

  private static void write(RandomAccessFile out, byte[] bytes, long offset) throws IOException {
    try {
      out.setLength(offset);
      out.seek(offset);
      out.write(bytes);
      out.getFD().sync();
    } catch (IOException e) {
      try {
        out.setLength(offset);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private static byte[] read(RandomAccessFile in, long from, long to) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    in.seek(from);
    int count = 0;
    while (count < bytes.length) {
      int more = in.read(bytes, count, bytes.length - count);
      if (more < 0) {
        return Arrays.copyOf(bytes, count); // A writer that failed has cut the file.
      }
      count += more;
    }
    return bytes;
  }

  private static int lastNewline(byte[] bytes, int before) {
    int i = before - 1;
    while (i >= 0 && bytes[i] != '\n') {
      i--;
    }
    return i;
  }

  private static byte[] format(Line line) {
    RefMove move = line.move();
    Value.Doc.Builder doc = Value.doc();
    move.from().ifPresent(from -> doc.put("from", from.hex()));
    move.to().ifPresent(to -> doc.put("to", to.hex()));
    doc.put("at", move.at().toString()).put("by", move.cause().by());
    doc.put("why", move.cause().why()).put("move", line.number());
    byte[] json = doc.build().canonicalJson().getBytes(StandardCharsets.UTF_8);
    byte[] start = (checksum(json, 0, json.length) + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(start, start.length + json.length + 1);
    System.arraycopy(json, 0, bytes, start.length, json.length);
    bytes[bytes.length - 1] = '\n';
    return bytes;
  }

  private static String checksum(byte[] bytes, int from, int to) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, to - from);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private Line parse(byte[] bytes, int from, int to, long offset) {
    if (!isLine(bytes, from, to)) {
      throw damaged(offset + from, "the line does not have the checksum that it begins with");
    }
    int json = from + CHECKSUM_DIGITS + 1;
    try {
      return parse(Json.parse(new String(bytes, json, to - json, StandardCharsets.UTF_8)).asDoc());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw damaged(offset + from, "the line is not a move: " + e.getMessage());
    }
  }

  private static Line parse(Value.Doc doc) {
    RefMove move =
        new RefMove(
            digest(doc, "from"),
            digest(doc, "to"),
            Instant.parse(doc.text("at")),
            new Cause(doc.text("by"), doc.text("why")));
    return new Line(doc.whole("move"), move);
  }

  private static Optional<Digest> digest(Value.Doc doc, String name) {
    return doc.has(name) ? Optional.of(Digest.parse(doc.text(name))) : Optional.empty();
  }

  private static boolean isLine(byte[] bytes, int from, int to) {
    int json = from + CHECKSUM_DIGITS + 1;
    if (to < json) {
      return false;
    }
    String start = new String(bytes, from, CHECKSUM_DIGITS + 1, StandardCharsets.US_ASCII);
    return start.equals(checksum(bytes, json, to) + " ");
  }

  /** A line that lacks nothing but its newline was finished once: the newline is damaged. */
  private void requireUnfinished(byte[] bytes, int from, long offset) {
    if (isLine(bytes, from, bytes.length - 1)) {
      throw damaged(offset + bytes.length - 1, "the last line does not end with a newline");
    }
  }

  private void requireSuccession(List<Line> lines, long offset) {
    Line line = lines.get(lines.size() - 1);
    @Nullable Line before = lines.size() == 1 ? null : lines.get(lines.size() - 2);
    Optional<Digest> expected = before == null ? Optional.empty() : before.move().to();
    if (line.number() != lines.size() || !line.move().from().equals(expected)) {
      throw damaged(offset, "the line does not follow from the one before");
    }
  }

  private StoreException damaged(long offset, String what) {
    return new StoreException(
        "the history of a ref is damaged: "
            + file
            + ", byte "
            + offset
            + ": "
            + what
            + "; restore the file from a copy, or delete that line and all behind it");
  }
}
