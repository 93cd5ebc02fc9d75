package dev.mlstack.core.profile;

import dev.mlstack.core.math.Hashes;
import dev.mlstack.schema.Field;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Profiles a column of texts, as the bytes of their UTF-8. */
final class TextTally implements ColumnTally {

  private static final long HIGH_BITS = 0x8080808080808080L;

  private final Field field;
  private final boolean isPrivate;
  private final Utf8Block texts = new Utf8Block();
  private final boolean[] missing = new boolean[BLOCK];
  private final TextSample sample = new TextSample();
  private long nulls;
  private @Nullable TextTable table;
  private TextFacts before = TextFacts.NONE;
  private HashBuckets buckets = new HashBuckets();

  // The lengths of texts since there are too many different ones.
  private long count;
  private long empty;
  private long min = Long.MAX_VALUE;
  private long max;
  private long total;

  TextTally(Field field) {
    this.field = field;
    this.isPrivate = field.tags().contains(TextProfile.PRIVATE_TAG);
    this.table = isPrivate ? null : new TextTable();
  }

  @Override
  public void read(ColumnData column, int from, int count) {
    ((TextColumn) column).read(from, count, texts);
    column.readNulls(from, count, missing, 0);
  }

  @Override
  public void read(Row row, int index, int at) {
    if (at == 0) {
      texts.clear();
    }
    String text = row.text(index);
    missing[at] = text == null;
    texts.append(text == null ? "" : text);
  }

  @Override
  public void add(int rows, byte[] levels, int from) {
    if (!isPrivate) {
      sample(rows, levels, from);
    }
    int done = table == null ? 0 : addExactly(rows);
    if (done < rows) {
      addMany(done, rows);
    }
  }

  private void sample(int rows, byte[] levels, int from) {
    int level = sample.level();
    for (int i = 0; i < rows; i++) {
      if (levels[from + i] >= level && !missing[i]) {
        int start = texts.start(i);
        int length = texts.length(i);
        long hash = Hashes.of(texts.bytes(), start, length);
        sample.add(Labels.of(texts.bytes(), start, length, hash), levels[from + i]);
        level = sample.level();
      }
    }
  }

  /** Counts texts until there are too many different ones; returns how many rows were counted. */
  private int addExactly(int rows) {
    TextTable exact = Objects.requireNonNull(table);
    byte[] bytes = texts.bytes();
    for (int i = 0; i < rows; i++) {
      if (missing[i]) {
        nulls++;
        continue;
      }
      int start = texts.start(i);
      int length = texts.length(i);
      if (!exact.add(bytes, start, length)) {
        before = exact.facts();
        buckets = exact.buckets();
        table = null;
        return i;
      }
    }
    return rows;
  }

  private void addMany(int from, int to) {
    byte[] bytes = texts.bytes();
    int nullsOfBlock = 0;
    int emptyOfBlock = 0;
    for (int i = from; i < to; i++) {
      int start = texts.start(i);
      int length = texts.length(i);
      if (missing[i]) {
        nullsOfBlock++;
        continue;
      }
      buckets.add(Hashes.of(bytes, start, length), 1);
      emptyOfBlock += length == 0 ? 1 : 0;
      // A character has one to four bytes, so few texts can be a new end.
      if (length > max || (length + 3) >> 2 < min) {
        int characters = characters(bytes, start, length);
        min = Math.min(min, characters);
        max = Math.max(max, characters);
      }
    }
    nulls += nullsOfBlock;
    empty += emptyOfBlock;
    count += to - from - nullsOfBlock;
    total += characters(bytes, texts.start(from), texts.start(to) - texts.start(from));
  }

  /** Returns how many characters the UTF-8 of a text has. */
  static int characters(byte[] bytes, int from, int length) {
    int continued = 0;
    int at = from;
    for (; at + Long.BYTES <= from + length; at += Long.BYTES) {
      long word = Hashes.word(bytes, at);
      // The highest bit of a byte that continues a character is 1, the next is 0.
      continued += Long.bitCount(word & (~word << 1) & HIGH_BITS);
    }
    if (at < from + length) {
      long rest = Hashes.end(bytes, at, from + length - at);
      continued += Long.bitCount(rest & (~rest << 1) & HIGH_BITS);
    }
    return length - continued;
  }

  @Override
  public ColumnProfile profile() {
    TextTable exact = table;
    return exact == null
        ? TextProfile.ofMany(
            field,
            nulls,
            before.plus(new TextFacts(count, empty, min, max, total)),
            buckets.copy(),
            sample.copy())
        : TextProfile.ofEach(field, nulls, exact.facts(), exact.labels(), sample.copy());
  }
}
