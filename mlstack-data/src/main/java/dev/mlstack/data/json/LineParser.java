package dev.mlstack.data.json;

import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.data.internal.CellWriter;
import dev.mlstack.data.internal.Numbers;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Makes tables of pieces. For use by one thread at a time. */
final class LineParser {

  private static final int MAX_VALUE_LENGTH = 1000;

  private final JsonCursor cursor = new JsonCursor();
  private final JsonColumns columns;
  private final ArrowTableBuilder builder;
  private final CellWriter[] cells;
  private final long[] setOn;
  private final TensorReader tensors = new TensorReader(cursor);
  private final Numbers numbers = new Numbers('.');
  private final PathNode root = new PathNode();
  private int places;
  private long row;

  // What is wrong with the current row, if anything is.
  private @Nullable String problem;
  private int faultyColumn;
  private int faultyFrom;
  private int faultyTo;

  LineParser(JsonColumns columns) {
    Schema schema = columns.schema();
    this.columns = columns;
    this.builder = new ArrowTableBuilder(schema);
    this.cells = new CellWriter[schema.size()];
    this.setOn = new long[schema.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = CellWriter.of(builder.column(i));
    }
  }

  /** Returns the end of the line that begins at {@code from}. */
  static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Tells whether a line has nothing on it. */
  static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Reads all lines of a piece. */
  ParsedChunk parse(LineChunk chunk, BufferAllocator allocator) {
    List<RejectedRow> rejected = new ArrayList<>();
    byte[] bytes = chunk.bytes();
    int from = 0;
    long line = chunk.line();
    while (from < chunk.length()) {
      int to = lineEnd(bytes, from, chunk.length());
      if (!isBlank(bytes, from, to)) {
        readRow(bytes, from, to);
        if (problem == null) {
          builder.endRow(line);
        } else {
          rejected.add(rejected(chunk, problem, from, to, line));
        }
      }
      from = to + 1;
      line++;
    }
    int rows = builder.rows();
    return new ParsedChunk(rows == 0 ? null : builder.build(allocator), rows, rejected);
  }

  private RejectedRow rejected(LineChunk chunk, String reason, int from, int to, long line) {
    byte[] bytes = chunk.bytes();
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    String column = faultyColumn < 0 ? "" : columns.schema().field(faultyColumn).name();
    String value = text(bytes, faultyFrom, faultyTo);
    return new RejectedRow(
        chunk.source(),
        line,
        chunk.offset() < 0 ? -1 : chunk.offset() + from,
        column,
        value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH) + "…",
        reason,
        text(bytes, from, end));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private void readRow(byte[] bytes, int from, int to) {
    row++;
    problem = null;
    blame(-1, from, from);
    cursor.start(bytes, from, to);
    try {
      if (cursor.peek() != '{') {
        problem = "not a JSON object, of which JSON lines have one on each line";
        return;
      }
      readObject(root);
      cursor.requireEnd();
      finishRow(from);
    } catch (JsonFault e) {
      problem = e.problem();
      blame(-1, from, from);
    }
  }

  private void finishRow(int from) {
    for (int i = 0; i < cells.length && problem == null; i++) {
      if (setOn[i] != row) {
        report(cells[i].missing(), i, from, from);
      }
    }
  }

  private void blame(int column, int from, int to) {
    faultyColumn = column;
    faultyFrom = from;
    faultyTo = to;
  }

  /** Notes what is wrong, unless something was wrong before. */
  private void report(@Nullable String newProblem, int column, int from, int to) {
    if (newProblem != null && problem == null) {
      problem = newProblem;
      blame(column, from, to);
    }
  }

  private void readObject(PathNode node) throws JsonFault {
    cursor.enter();
    node.rewind();
    for (boolean first = true; cursor.more(first, '}'); first = false) {
      cursor.readKey();
      PathNode child = node.find(cursor);
      readValue(child == null ? place(node) : child);
    }
  }

  /** Returns the place of a key that comes for the first time. */
  private PathNode place(PathNode node) {
    // Where there are absurdly many, most are no columns and need not be remembered.
    boolean many = places >= TypeScan.MAX_PLACES;
    PathNode child = many ? node.detached(cursor.textString()) : node.add(cursor.textString());
    places += many ? 0 : 1;
    int column = columns.at(child);
    if (column >= 0) {
      child.setColumn(column);
    }
    return child;
  }

  private void readValue(PathNode node) throws JsonFault {
    int column = node.column();
    int c = cursor.peek();
    if (column < 0) {
      if (c == '{') {
        readObject(node);
      } else {
        cursor.skipValue();
      }
      return;
    }
    int from = cursor.position();
    boolean again = setOn[column] == row;
    setOn[column] = row;
    String wrong = problem == null && !again ? read(cells[column], c) : skip(again);
    if (wrong != null) {
      report(wrong, column, from, cursor.position());
    }
  }

  private @Nullable String skip(boolean again) throws JsonFault {
    cursor.skipValue();
    return again ? "there are two values for this column" : null;
  }

  private @Nullable String read(CellWriter cell, int c) throws JsonFault {
    return switch (c) {
      case '"' -> {
        cursor.readString();
        yield text(cell);
      }
      case '{', '[' -> nested(cell, c == '[');
      case 't', 'f' -> {
        int from = cursor.position();
        cursor.literal(c == 't' ? "true" : "false");
        yield cell.type() instanceof FieldType.Bool
            ? cell.whole(c == 't' ? 1 : 0)
            : written(cell, from, "a truth value");
      }
      case 'n' -> {
        cursor.literal("null");
        yield cell.missing();
      }
      default -> number(cell);
    };
  }

  /** Takes a value as it is written, where the column holds text. */
  private @Nullable String written(CellWriter cell, int from, String what) {
    boolean textual =
        cell.type() instanceof FieldType.Text || cell.type() instanceof FieldType.Category;
    return textual
        ? cell.text(cursor.line(), from, cursor.position())
        : what + " where the column has the type " + cell.type();
  }

  private @Nullable String number(CellWriter cell) throws JsonFault {
    int from = cursor.position();
    cursor.readNumber();
    if (cell.type() instanceof FieldType.Real) {
      return cell.real(cursor.real());
    } else if (!(cell.type() instanceof FieldType.Int)) {
      return written(cell, from, "a number");
    } else if (cursor.isWhole()) {
      return cursor.fits() ? cell.whole(cursor.whole()) : "too large for " + cell.type();
    }
    return cell.real(cursor.real());
  }

  private @Nullable String text(CellWriter cell) {
    byte[] text = cursor.text();
    int from = cursor.textFrom();
    int to = cursor.textTo();
    if (cell.type() instanceof FieldType.Real) {
      return numbers.readReal(text, from, to) ? cell.real(numbers.real()) : "not a number";
    } else if (cell.type() instanceof FieldType.Int) {
      return switch (numbers.readWhole(text, from, to)) {
        case OK -> cell.whole(numbers.whole());
        case TOO_LARGE -> "too large for " + cell.type();
        default -> "not a whole number";
      };
    }
    return cell.text(text, from, to);
  }

  private @Nullable String nested(CellWriter cell, boolean array) throws JsonFault {
    if (array && cell.type() instanceof FieldType.Tensor tensor) {
      return tensors.read(tensor, cell);
    }
    int from = cursor.position();
    cursor.skipValue();
    // Its strings, and so all of it, have proved to be well-formed.
    return written(cell, from, array ? "an array" : "an object");
  }
}
