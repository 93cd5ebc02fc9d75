package dev.mlstack.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cursors, selections of rows, and readers of several shards. */
class ViewsTest {

  private static void assertRow(Row row, long id) {
    boolean missing = id % 5 == 0;
    float[] tensor = {7, 7, 7, 7};
    row.tensor(4, tensor, 1);
    for (int field = 0; field < 5; field++) {
      assertThat(row.isNull(field)).isEqualTo(missing);
    }
    assertThat(row.integer(0)).isEqualTo(missing ? 0 : id);
    assertThat(row.number(0)).isEqualTo(Double.valueOf(missing ? Double.NaN : id));
    assertThat(row.number(1)).isEqualTo(Double.valueOf(missing ? Double.NaN : id / 2.0));
    assertThat(row.text(2)).isEqualTo(missing ? null : Long.toString(id));
    assertThat(row.text(3)).isEqualTo(missing ? null : NumbersTable.CATEGORIES.get((int) (id % 3)));
    assertThat(tensor)
        .containsExactly(
            missing ? new float[] {7, Float.NaN, Float.NaN, 7} : new float[] {7, id, -id, 7});
  }

  @Test
  void cursor_walksOverAllRows() {
    TableCursor cursor = new NumbersTable(3, 5, 8).cursor();
    List<Long> ids = new ArrayList<>();
    while (cursor.next()) {
      assertThat(cursor.index()).isEqualTo(ids.size());
      assertRow(cursor, cursor.rowId());
      ids.add(cursor.rowId());
    }
    assertThat(ids).containsExactly(3L, 5L, 8L);
    assertThat(cursor.next()).isFalse();
    assertRow(cursor.moveTo(2), 8);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cursor.moveTo(3));
  }

  @Test
  void cursor_readingAsAnotherType_namesTheColumn() {
    TableCursor cursor = new NumbersTable(3).cursor().moveTo(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cursor.number(2))
        .withMessage("column 'text' is of type text and cannot be read as a number");
    assertThatIllegalArgumentException().isThrownBy(() -> cursor.integer(1));
    assertThatIllegalArgumentException().isThrownBy(() -> cursor.text(0));
    assertThatIllegalArgumentException().isThrownBy(() -> cursor.tensor(3, new float[2], 0));
  }

  @Test
  void select_readsTheRowsInTheGivenOrder() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      long[] ids = random.longs(20, 0, 1000).toArray();
      int[] rows = random.ints(random.nextInt(30), 0, 20).toArray();
      Table selected = new NumbersTable(ids).select(rows);
      assertSelected(selected, ids, rows, seed);
      if (rows.length > 0) {
        int[] again = random.ints(5, 0, rows.length).toArray();
        int[] direct = new int[again.length];
        java.util.Arrays.setAll(direct, i -> rows[again[i]]);
        assertSelected(selected.select(again), ids, direct, seed);
      }
    }
  }

  private static void assertSelected(Table selected, long[] ids, int[] rows, long seed) {
    assertThat(selected.rows()).as("seed %d", seed).isEqualTo(rows.length);
    TableCursor cursor = selected.cursor();
    for (int row : rows) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.rowId()).isEqualTo(ids[row]);
      assertRow(cursor, ids[row]);
    }
    long[] wholes = new long[rows.length + 2];
    ((LongColumn) selected.column("whole")).read(0, rows.length, wholes, 1);
    double[] reals = new double[rows.length];
    ((DoubleColumn) selected.column("real")).read(0, rows.length, reals, 0);
    int[] codes = new int[rows.length];
    ((CategoryColumn) selected.column("category")).read(0, rows.length, codes, 0);
    String[] texts = new String[rows.length];
    ((TextColumn) selected.column("text")).read(0, rows.length, texts, 0);
    for (int i = 0; i < rows.length; i++) {
      boolean missing = ids[rows[i]] % 5 == 0;
      assertThat(wholes[i + 1]).isEqualTo(missing ? 0 : ids[rows[i]]);
      assertThat(reals[i]).isEqualTo(Double.valueOf(missing ? Double.NaN : ids[rows[i]] / 2.0));
      assertThat(codes[i]).isEqualTo(missing ? -1 : (int) (ids[rows[i]] % 3));
      assertThat(texts[i]).isEqualTo(missing ? null : Long.toString(ids[rows[i]]));
    }
  }

  @Test
  void select_rowThatIsNotThere_isRefused() {
    Table table = new NumbersTable(1, 2);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> table.select(2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> table.select(1).select(1));
  }

  @Test
  void open_shards_areReadOneAfterAnother() {
    Dataset data =
        NumbersTable.dataset(new long[] {1, 2}, new long[] {}, new long[] {3}, new long[] {4, 5});
    List<Long> ids = new ArrayList<>();
    try (TableReader reader = data.open()) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        for (int row = 0; row < table.rows(); row++) {
          ids.add(table.rowId(row));
        }
      }
      assertThat(reader.next()).isNull();
    }
    assertThat(ids).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void close_reader_endsIt() {
    TableReader reader = NumbersTable.dataset(new long[] {1}, new long[] {2}).open();
    assertThat(reader.next()).isNotNull();
    reader.close();
    reader.close();
    assertThat(reader.next()).isNull();
  }
}
