package dev.mlstack.core.profile;

import dev.mlstack.core.math.Hashes;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts of some rows, drawn by the identities of the rows: it finds the frequent texts of a
 * column that has too many to count each.
 *
 * <p>The level of a row is the number of leading zeros of the hash of its identity. The sample has
 * the texts of all rows whose level is at least its own, which is the least with which there are no
 * more than {@link #MAX}. So it depends on the rows alone. There are at least half as many in it
 * (nearly always, and if there are as many rows), so that a text of the share s is found with a
 * probability of at least {@code 1 - (1 - s)^128}: 99.9% for s = 0.053, 92% for s = 0.02.
 */
final class TextSample {

  /** The greatest number of rows in the sample: 256. */
  static final int MAX = 256;

  private final TreeMap<String, List<Integer>> levels = new TreeMap<>();
  private int size;
  private int level;

  TextSample() {}

  /** Returns the level of a row. */
  static byte level(long rowId) {
    return (byte) Long.numberOfLeadingZeros(Hashes.of(~rowId));
  }

  /** Returns the level of the sample: rows of a lower one are not in it. */
  int level() {
    return level;
  }

  /** Adds the text of a row whose level is not less than that of the sample. */
  void add(String label, int rowLevel) {
    List<Integer> rows = levels.computeIfAbsent(label, key -> new ArrayList<>());
    int at = rows.size();
    while (at > 0 && rows.get(at - 1) > rowLevel) {
      at--;
    }
    rows.add(at, rowLevel);
    size++;
    while (size > MAX) {
      raise(level + 1);
    }
  }

  private void raise(int newLevel) {
    level = newLevel;
    levels.values().forEach(rows -> rows.removeIf(row -> row < newLevel));
    levels.values().removeIf(List::isEmpty);
    size = levels.values().stream().mapToInt(List::size).sum();
  }

  void add(TextSample other) {
    if (other.level > level) {
      raise(other.level);
    }
    other.levels.forEach(
        (label, rows) ->
            rows.forEach(
                row -> {
                  if (row >= level) {
                    add(label, row);
                  }
                }));
  }

  TextSample copy() {
    TextSample copy = new TextSample();
    copy.add(this);
    return copy;
  }

  /** Returns the texts. */
  Set<String> labels() {
    return levels.keySet();
  }

  void putTo(Value.Doc.Builder doc) {
    Value.Doc.Builder rows = Value.doc();
    levels.forEach((label, of) -> rows.put(label, Value.ofWholes(of)));
    doc.put("sample", rows.build()).put("level", level);
  }

  static TextSample fromDoc(Value.Doc doc) {
    TextSample sample = new TextSample();
    sample.level = (int) Math.max(0, Math.min(Long.SIZE, doc.whole("level")));
    SortedMap<String, Value> rows = doc.doc("sample").members();
    rows.forEach(
        (label, of) ->
            of.asItems().forEach(row -> sample.add(label, Math.toIntExact(row.asWhole()))));
    return sample;
  }
}
