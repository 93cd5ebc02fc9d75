package dev.mlstack.data.json;

import dev.mlstack.data.internal.Times;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds all places where values stand and the types they have, by looking at every line. Lines that
 * are broken do not count. For use by one thread at a time; what several have found is merged.
 */
final class TypeScan {

  /** How many places there may be: 100,000. */
  static final int MAX_PLACES = 100_000;

  private final JsonCursor cursor = new JsonCursor();
  private final Times times = new Times();
  private final PathNode root = new PathNode();
  private String source = "";
  private int places;

  // What stands on the current line, to be counted when it has proved to be whole.
  private PathNode[] nodes = new PathNode[64];
  private Kind[] kinds = new Kind[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private final List<@Nullable List<Integer>> shapes = new ArrayList<>();
  private int size;

  private enum Kind {
    NONE,
    FLAG,
    WHOLE,
    HUGE,
    REAL,
    TEXT,
    OBJECT,
    ARRAY
  }

  /** Looks at all lines of a piece. */
  void look(LineChunk chunk) {
    source = chunk.source();
    byte[] bytes = chunk.bytes();
    int from = 0;
    long line = chunk.before();
    while (from < chunk.length()) {
      int to = LineParser.lineEnd(bytes, from, chunk.length());
      if (!LineParser.isBlank(bytes, from, to)) {
        lookAt(bytes, from, to, line);
      }
      from = to + 1;
      line++;
    }
  }

  private void lookAt(byte[] bytes, int from, int to, long line) {
    size = 0;
    shapes.clear();
    try {
      cursor.start(bytes, from, to);
      if (cursor.peek() != '{') {
        return;
      }
      object(root);
      cursor.requireEnd();
      count(line);
    } catch (JsonFault e) {
      // The line will be set aside when it is read.
      size = 0;
    }
  }

  private void object(PathNode node) throws JsonFault {
    cursor.enter();
    node.rewind();
    for (boolean first = true; cursor.more(first, '}'); first = false) {
      cursor.readKey();
      PathNode child = node.find(cursor);
      value(child == null ? add(node) : child);
    }
  }

  private PathNode add(PathNode node) {
    if (++places > MAX_PLACES) {
      throw new DataException(
          source
              + " has more than "
              + MAX_PLACES
              + " different keys; say which columns are wanted");
    }
    return node.add(cursor.textString());
  }

  private void value(PathNode node) throws JsonFault {
    int c = cursor.peek();
    int from = cursor.position();
    switch (c) {
      case '"' -> {
        cursor.readString();
        add(node, Kind.TEXT, from);
      }
      case '{' -> {
        add(node, Kind.OBJECT, from);
        object(node);
      }
      case '[' -> {
        List<Integer> shape = new ArrayList<>();
        boolean regular = array(shape, 0);
        add(node, Kind.ARRAY, from);
        shapes.add(regular && !shape.contains(0) ? shape : null);
      }
      case 't', 'f' -> {
        cursor.literal(c == 't' ? "true" : "false");
        add(node, Kind.FLAG, from);
      }
      case 'n' -> {
        cursor.literal("null");
        add(node, Kind.NONE, from);
      }
      default -> {
        cursor.readNumber();
        add(node, cursor.isWhole() ? cursor.fits() ? Kind.WHOLE : Kind.HUGE : Kind.REAL, from);
      }
    }
  }

  /** Reads an array; tells whether it is one of numbers and regular so far. */
  private boolean array(List<Integer> shape, int dimension) throws JsonFault {
    cursor.enter();
    boolean regular = true;
    int count = 0;
    boolean firstHere = dimension == shape.size();
    if (firstHere) {
      shape.add(-1);
    }
    while (cursor.more(count == 0, ']')) {
      int c = cursor.peek();
      boolean leaf = c != '[';
      if (!leaf) {
        regular &= (dimension + 1 < shape.size() || (firstHere && count == 0));
        regular &= array(shape, dimension + 1);
      } else {
        regular &= dimension + 1 == shape.size() && isNumber(c);
        cursor.skipValue();
      }
      count++;
    }
    if (firstHere && shape.get(dimension) < 0) {
      shape.set(dimension, count);
    }
    return regular && shape.get(dimension) == count;
  }

  private static boolean isNumber(int c) {
    return c == '-' || (c >= '0' && c <= '9') || c == 'N' || c == 'I';
  }

  private void add(PathNode node, Kind kind, int from) {
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    nodes[size] = node;
    kinds[size] = kind;
    starts[size] = from;
    ends[size++] = cursor.position();
  }

  private void count(long line) throws JsonFault {
    int arrays = 0;
    for (int i = 0; i < size; i++) {
      JsonGuess guess = nodes[i].guess();
      guess.at(line, i);
      switch (kinds[i]) {
        case FLAG -> guess.flag();
        case WHOLE -> guess.number(/* whole= */ true, /* fits= */ true);
        case HUGE -> guess.number(/* whole= */ true, /* fits= */ false);
        case REAL -> guess.number(/* whole= */ false, /* fits= */ true);
        case OBJECT -> guess.object();
        case ARRAY -> guess.array(shapes.get(arrays++));
        case TEXT -> text(guess, starts[i], ends[i]);
        default -> {
          // Null has every type.
        }
      }
    }
  }

  private void text(JsonGuess guess, int from, int to) {
    // An escape stands in no date, and keeps a text from being one as well as what it stands for.
    guess.text(cursor.line(), from + 1, to - 1, times);
  }

  /** Adds what another has found. */
  void merge(TypeScan other) {
    merge(root, other.root);
  }

  private static void merge(PathNode to, PathNode from) {
    to.guess().merge(from.guess());
    for (PathNode child : from.children()) {
      merge(to.child(child.key()), child);
    }
  }

  /**
   * A place whose values are a column.
   *
   * @param pointer where it is (RFC 6901)
   * @param name the keys that lead there, with points between them
   * @param type the type of the values
   * @param guess what was seen there
   */
  record Place(String pointer, String name, FieldType type, JsonGuess guess) {}

  /**
   * Returns the places of all columns, in the order in which they first come.
   *
   * @param asked places that are columns of text even if only objects stand there
   */
  List<Place> places(Set<String> asked) {
    List<Place> found = new ArrayList<>();
    root.children().forEach(child -> collect(child, asked, found));
    found.sort(
        Comparator.comparingLong((Place place) -> place.guess.firstLine())
            .thenComparingInt(place -> place.guess.firstOrder()));
    return found;
  }

  private static void collect(PathNode node, Set<String> asked, List<Place> found) {
    if (!node.guess().isSeen()) {
      return;
    }
    Optional<FieldType> type = node.guess().type();
    if (type.isEmpty() && asked.contains(node.pointer())) {
      type = Optional.of(FieldType.TEXT);
    }
    if (type.isPresent()) {
      found.add(new Place(node.pointer(), node.name(), type.get(), node.guess()));
    } else {
      node.children().forEach(child -> collect(child, asked, found));
    }
  }
}
