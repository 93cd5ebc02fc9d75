package dev.mlstack.parquet;

import dev.mlstack.data.columnar.ColumnType;
import dev.mlstack.data.columnar.RawColumn;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a column from its first value to its last, some rows at a time. */
final class ColumnCursor {

  private final Leaf leaf;
  private final PageReader pages;
  private final int width;
  private final Adaptation adaptation;
  private final RawColumn raw = new RawColumn();

  private @Nullable Page page;
  private int left;
  private int[] levels = {};
  private int[] ends = {};

  // Of lists: what comes next, if it is known.
  private boolean peeked;
  private int repetition;
  private int definition;
  private final int[] one = new int[1];

  ColumnCursor(Leaf leaf, PageReader pages) {
    this.leaf = leaf;
    this.pages = pages;
    this.width = leaf.physicalWidth();
    this.adaptation = Adaptation.of(leaf);
  }

  /** Reads some rows in the form that the type of the column says. */
  void read(int rows, RawColumn to) throws IOException {
    if (leaf.type() instanceof ColumnType.Nothing) {
      to.start(rows, 0);
      return;
    }
    RawColumn direct = adaptation == Adaptation.NONE ? to : raw;
    if (leaf.maxRepetition() > 0) {
      readLists(rows, direct);
    } else {
      readFlat(rows, direct);
    }
    adaptation.adapt(leaf, raw, to);
  }

  private void readFlat(int rows, RawColumn to) throws IOException {
    to.start(rows, width);
    int row = 0;
    if (width < 0) {
      to.offsets()[0] = 0;
    }
    while (row < rows) {
      Page current = page();
      int count = Math.min(left, rows - row);
      int present = readValidity(current, count, row, to);
      if (width >= 0) {
        current.decoder().read(present, to.values(), row * width);
        if (present < count) {
          spread(to, row, count, present);
        }
      } else {
        readTexts(current, to, row, count, present);
      }
      left -= count;
      row += count;
    }
  }

  private Page page() throws IOException {
    Page current = page;
    if (current == null || left == 0) {
      current = pages.next();
      if (current == null) {
        throw new IllegalArgumentException("there are fewer values than rows");
      }
      page = current;
      left = current.values();
    }
    return current;
  }

  /** Notes which rows have values; returns how many. */
  private int readValidity(Page current, int count, int row, RawColumn to) {
    Runs definitions = current.definitions();
    if (definitions == null) {
      to.setPresent(row, count);
      return count;
    }
    int equal = definitions.equal(count, leaf.maxDefinition());
    to.setPresent(row, equal);
    if (equal == count) {
      return count;
    }
    int rest = count - equal;
    if (levels.length < rest) {
      levels = new int[rest];
    }
    definitions.read(rest, levels);
    int present = equal;
    byte[] validity = to.validity();
    for (int i = 0; i < rest; i++) {
      int at = row + equal + i;
      int bit = levels[i] == leaf.maxDefinition() ? 1 : 0;
      validity[at >> 3] |= (byte) (bit << (at & 7));
      present += bit;
    }
    return present;
  }

  /** Moves values apart, so that each stands at its row. */
  private void spread(RawColumn to, int row, int count, int present) {
    byte[] values = to.values();
    int from = row + present;
    for (int at = row + count - 1; at >= row && from > row; at--) {
      if (to.isPresent(at)) {
        from--;
        if (from == at) {
          return;
        }
        System.arraycopy(values, from * width, values, at * width, width);
      }
    }
  }

  private void readTexts(Page current, RawColumn to, int row, int count, int present) {
    if (ends.length < present) {
      ends = new int[present];
    }
    int[] offsets = to.offsets();
    int end = offsets[row];
    current.decoder().readTexts(present, to, end, ends);
    if (present == count) {
      System.arraycopy(ends, 0, offsets, row + 1, count);
      return;
    }
    int next = 0;
    for (int i = row; i < row + count; i++) {
      if (to.isPresent(i)) {
        end = ends[next++];
      }
      offsets[i + 1] = end;
    }
  }

  /** Reads lists, which may go on over pages. */
  private void readLists(int rows, RawColumn to) throws IOException {
    to.start(rows, -1);
    int row = -1;
    int end = 0;
    while (peek() && !(repetition == 0 && row == rows - 1)) {
      peeked = false;
      if (repetition == 0) {
        row++;
        to.offsets()[row] = end;
        if (definition >= leaf.listDefinition() - 1) {
          to.setPresent(row);
        }
      } else if (row < 0) {
        throw new IllegalArgumentException("a list goes on that did not begin");
      }
      if (definition == leaf.maxDefinition()) {
        byte[] values = to.reserve((long) end + width);
        Objects.requireNonNull(page).decoder().read(1, values, end);
        end += width;
      } else if (definition >= leaf.listDefinition()) {
        to.setFlaw(row, "a number of a list is missing");
      }
    }
    if (row != rows - 1) {
      throw new IllegalArgumentException("there are fewer lists than rows");
    }
    to.offsets()[rows] = end;
  }

  private boolean peek() throws IOException {
    if (peeked) {
      return true;
    }
    if (left == 0) {
      page = pages.next();
      left = page == null ? 0 : page.values();
    }
    Page current = page;
    if (current == null) {
      return false;
    }
    left--;
    repetition = level(current.repetitions());
    definition = level(current.definitions());
    peeked = true;
    return true;
  }

  private int level(@Nullable Runs runs) {
    if (runs == null) {
      return 0;
    }
    runs.read(1, one);
    return one[0];
  }
}
