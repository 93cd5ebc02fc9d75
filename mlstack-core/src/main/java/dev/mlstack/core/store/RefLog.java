package dev.mlstack.core.store;

import dev.mlstack.store.Digest;
import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file of one ref: its history, one {@link RefLine} for each move, the last of which says where
 * it points.
 *
 * <p>What stands behind the last newline is a line that was never finished: readers ignore it, and
 * the next writer cuts it off. Any other line that does not have its checksum, its number or the
 * right {@code from} is damage and gives a {@link StoreException} that names it. Writers take
 * turns; that is not the business of this class.
 */
final class RefLog {

  /** Read from the end of the file to find the last line; a longer line is found too. */
  private static final int TAIL = 1 << 14;

  private final Path file;

  RefLog(Path file) {
    this.file = file;
  }

  /**
   * The end of a file.
   *
   * @param last the last line, or nothing if there is none
   * @param length how many bytes the finished lines have
   */
  record End(Optional<RefLine> last, long length) {}

  /** Returns the end of the file as it is now. */
  End end() throws IOException {
    return steady(this::readEnd);
  }

  /** Returns every line. */
  List<RefLine> all() throws IOException {
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
    Optional<RefLine> last =
        end < 0 ? Optional.empty() : Optional.of(parse(bytes, begin + 1, end + 1, from));
    return Optional.of(new End(last, from + end + 1));
  }

  private List<RefLine> readAll() throws IOException {
    if (Files.notExists(file)) {
      return List.of();
    }
    byte[] bytes;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      bytes = read(in, 0, in.length());
    }
    List<RefLine> lines = new ArrayList<>();
    Optional<Digest> target = Optional.empty();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        RefLine line = parse(bytes, begin, i + 1, 0);
        if (line.number() != lines.size() + 1 || !line.move().from().equals(target)) {
          throw damaged(begin, "the line does not follow from the one before");
        }
        target = line.move().to();
        lines.add(line);
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
  void append(RefLine line, End end) throws IOException {
    // Not a channel: an interrupt would close it.
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      write(out, line.toBytes(), end.length());
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

  private RefLine parse(byte[] bytes, int from, int to, long offset) {
    try {
      return RefLine.parse(Arrays.copyOfRange(bytes, from, to));
    } catch (IllegalArgumentException e) {
      throw damaged(offset + from, String.valueOf(e.getMessage()));
    }
  }

  private void requireUnfinished(byte[] bytes, int from, long offset) {
    if (!RefLine.isUnfinished(Arrays.copyOfRange(bytes, from, bytes.length))) {
      throw damaged(offset + from, "the last line was finished, but its newline is gone");
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
