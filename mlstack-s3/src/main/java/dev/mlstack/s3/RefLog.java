package dev.mlstack.s3;

import dev.mlstack.core.internal.Followers.State;
import dev.mlstack.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest moves of a ref, and where the ones before are. Immutable.
 *
 * <pre>
 * before 9f86...            the SHA-256 of the log before, if there is one
 * 9f3c01aa {...}            a move, see {@link RefLine}
 * 77e1b2c4 {...}
 * </pre>
 *
 * <p>A log that is long is put aside under its digest, and a new one begins that names it. So a
 * move writes a few kilobytes however long the history is.
 *
 * @param before the digest of the log before
 * @param lines the moves, the oldest first; at least one
 */
record RefLog(Optional<Digest> before, List<RefLine> lines) {

  /** A log with so many moves, or more than {@link #MOST_BYTES}, is put aside. */
  static final int MOST_MOVES = 64;

  /** See {@link #MOST_MOVES}. */
  static final int MOST_BYTES = 1 << 16;

  private static final String BEFORE = "before ";

  /** Returns the bytes of this log. */
  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    before.ifPresent(digest -> text.append(BEFORE).append(digest.hex()).append('\n'));
    lines.forEach(line -> text.append(line.toText()));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the log with the given bytes.
   *
   * @throws IllegalArgumentException if they are not those of a log; the message says why
   */
  static RefLog parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("its last line is cut");
    }
    Optional<Digest> before = Optional.empty();
    List<RefLine> lines = new ArrayList<>();
    for (String line : text.substring(0, text.length() - 1).split("\n", /* limit= */ -1)) {
      if (line.startsWith(BEFORE) && lines.isEmpty() && before.isEmpty()) {
        before = Optional.of(Digest.parse(line.substring(BEFORE.length())));
      } else {
        lines.add(RefLine.parse(line));
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("it has no move");
    }
    return new RefLog(before, lines);
  }

  /** Returns the last move. */
  RefLine last() {
    return lines.get(lines.size() - 1);
  }

  /** Returns where the ref points, and how often it has moved. */
  State state() {
    return new State(last().number(), last().move().to());
  }

  /** Tells whether a move of the given number would be in an earlier log. */
  boolean beginsAfter(long number) {
    return lines.get(0).number() > number;
  }

  /** Tells whether it has a move. */
  boolean has(String id) {
    return lines.stream().anyMatch(line -> line.id().equals(id));
  }

  /** Tells whether it is to be put aside before the next move. */
  boolean isFull(int bytes) {
    return lines.size() >= MOST_MOVES || bytes > MOST_BYTES;
  }

  /** Returns this log with one more move. */
  RefLog with(RefLine line) {
    List<RefLine> more = new ArrayList<>(lines);
    more.add(line);
    return new RefLog(before, List.copyOf(more));
  }
}
