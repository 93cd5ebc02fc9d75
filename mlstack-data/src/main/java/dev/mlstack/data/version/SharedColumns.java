package dev.mlstack.data.version;

import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The columns that two schemas have in common, by name, in the order of the first. Values are equal
 * if {@link RowBytes} writes the same for them, whatever the width of their columns.
 *
 * @param names their names
 * @param before their indexes in the first schema
 * @param after their indexes in the second
 */
record SharedColumns(List<String> names, int[] before, int[] after) {

  static SharedColumns of(Schema before, Schema after) {
    int[] shared =
        IntStream.range(0, before.size())
            .filter(i -> after.find(before.field(i).name()).isPresent())
            .toArray();
    return new SharedColumns(
        IntStream.of(shared).mapToObj(i -> before.field(i).name()).toList(),
        shared,
        IntStream.of(shared)
            .mapToObj(i -> after.find(before.field(i).name()))
            .mapToInt(OptionalInt::getAsInt)
            .toArray());
  }

  int size() {
    return names.size();
  }

  /** Compares rows of two tables, column by column. */
  final class Comparison {
    private final RowBytes[] left;
    private final RowBytes[] right;

    /**
     * Creates a comparison.
     *
     * @param columns which of the shared columns are looked at
     */
    Comparison(Table first, Table second, BitSet columns) {
      left = new RowBytes[size()];
      right = new RowBytes[size()];
      columns.stream()
          .forEach(
              i -> {
                left[i] = new RowBytes(first, before[i]);
                right[i] = new RowBytes(second, after[i]);
              });
    }

    /** Returns which of the shared columns differ. */
    BitSet differing(int firstRow, int secondRow) {
      BitSet differing = new BitSet();
      for (int i = 0; i < left.length; i++) {
        if (left[i] != null && !equal(left[i].write(firstRow), right[i].write(secondRow))) {
          differing.set(i);
        }
      }
      return differing;
    }

    private static boolean equal(RowBytes a, RowBytes b) {
      return Arrays.equals(a.bytes(), 0, a.length(), b.bytes(), 0, b.length());
    }
  }
}
