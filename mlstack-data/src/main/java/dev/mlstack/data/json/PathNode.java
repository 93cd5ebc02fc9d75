package dev.mlstack.data.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place where values stand: the key of a member, in an object at another place. The children of a
 * place are found fastest in the order in which they came the first time. For use by one thread at
 * a time.
 */
final class PathNode {

  private final @Nullable PathNode parent;
  private final String key;
  private final int index;
  private final byte[] utf8;
  private final List<PathNode> children = new ArrayList<>();
  private final Map<String, PathNode> byKey = new HashMap<>();
  private final JsonGuess guess = new JsonGuess();
  private int expected;
  private int column = -1;

  /** Creates the root, which is the object of the line itself. */
  PathNode() {
    this(null, "", 0);
  }

  private PathNode(@Nullable PathNode parent, String key, int index) {
    this.parent = parent;
    this.index = index;
    this.key = key;
    this.utf8 = key.getBytes(StandardCharsets.UTF_8);
  }

  /** Makes the next child the first again, for another object. */
  void rewind() {
    expected = 0;
  }

  /** Returns the child with the key that a cursor has read; {@code null} if it is not known. */
  @Nullable PathNode find(JsonCursor cursor) {
    if (expected < children.size()) {
      PathNode next = children.get(expected);
      if (next.isKey(cursor)) {
        expected++;
        return next;
      }
    }
    PathNode found = byKey.get(cursor.textString());
    if (found != null) {
      expected = found.index + 1;
    }
    return found;
  }

  private boolean isKey(JsonCursor cursor) {
    return Arrays.equals(utf8, 0, utf8.length, cursor.text(), cursor.textFrom(), cursor.textTo());
  }

  /** Adds a child. */
  PathNode add(String childKey) {
    PathNode child = new PathNode(this, childKey, children.size());
    children.add(child);
    byKey.put(childKey, child);
    expected = children.size();
    return child;
  }

  /** Returns a child that will not be found again. */
  PathNode detached(String childKey) {
    return new PathNode(this, childKey, children.size());
  }

  /** Returns the child with a key, which is added if it is not there. */
  PathNode child(String childKey) {
    PathNode found = byKey.get(childKey);
    return found == null ? add(childKey) : found;
  }

  List<PathNode> children() {
    return children;
  }

  String key() {
    return key;
  }

  JsonGuess guess() {
    return guess;
  }

  /** Returns the index of the column that values here go into; -1 if there is none. */
  int column() {
    return column;
  }

  /** Makes this the place of a column. */
  void setColumn(int newColumn) {
    column = newColumn;
  }

  /** Returns the JSON pointer (RFC 6901). */
  String pointer() {
    return parent == null ? "" : parent.pointer() + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  /** Returns the keys from the root, with points between them. */
  String name() {
    return parent == null || parent.parent == null ? key : parent.name() + "." + key;
  }
}
