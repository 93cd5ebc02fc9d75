package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Row;
import dev.mlstack.table.TextColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the values of one column in the cells of its profile. */
abstract class CellCounter {

  private final ColumnProfile column;
  final int field;
  final long[] counts;
  long unseen;

  /**
   * Creates a counter of nothing.
   *
   * @param field the index of the column in rows that are counted one by one
   */
  CellCounter(ColumnProfile column, int field) {
    this.column = column;
    this.field = field;
    this.counts = new long[column.counts().length];
  }

  static CellCounter of(ColumnProfile column, Field actual, int index) {
    CellCounter counter;
    if (column instanceof NumberProfile numbers) {
      counter = new Numbers(numbers, index);
    } else {
      counter = new Texts((TextProfile) column, index);
    }
    counter.requireSameKind(actual);
    return counter;
  }

  /** Checks that a column can be counted in these cells. */
  final void requireSameKind(Field actual) {
    if (kind(actual.type()) != kind(column.field().type())) {
      throw new IllegalArgumentException(
          "column '"
              + actual.name()
              + "' must be like "
              + column.field().type()
              + " of the profile but is "
              + actual.type());
    }
  }

  private static int kind(FieldType type) {
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return 0;
    }
    return type instanceof FieldType.Tensor ? 1 : 2;
  }

  final ColumnProfile column() {
    return column;
  }

  final long[] counts() {
    return counts.clone();
  }

  final long unseen() {
    return unseen;
  }

  final void merge(CellCounter other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    unseen += other.unseen;
  }

  abstract void add(Row row);

  abstract void add(ColumnData data);

  /** Numbers in bins. */
  private static final class Numbers extends CellCounter implements NumberReader.Sink {
    /** One less than the least power of two that is no less than {@link Bins#MAX}. */
    private static final int PLACES = 31;

    private final NumberReader reader;
    private final double[] borders;
    private final double min;
    private final double max;

    Numbers(NumberProfile profile, int field) {
      super(profile, field);
      this.reader = new NumberReader(profile.field().type());
      List<Double> given = profile.bins().borders();
      this.borders = new double[PLACES];
      Arrays.setAll(borders, i -> i < given.size() ? given.get(i) : Double.NaN);
      this.min = profile.min();
      this.max = profile.max();
    }

    @Override
    void add(Row row) {
      add(reader.read(row, field));
    }

    @Override
    void add(ColumnData data) {
      reader.read(data, this);
    }

    @Override
    public void add(double[] numbers, int count) {
      for (int i = 0; i < count; i++) {
        add(numbers[i]);
      }
    }

    private void add(double number) {
      if (number >= min && number <= max) {
        counts[bin(number)]++;
      } else if (Double.isNaN(number)) {
        counts[counts.length - 1]++;
      } else {
        counts[bin(number)]++;
        unseen++;
      }
    }

    /**
     * Returns how many borders are not above a number, in five steps whose outcome the processor
     * need not guess. No number reaches the NaN behind the last border.
     */
    private int bin(double number) {
      int bin = number >= borders[15] ? 16 : 0;
      bin += number >= borders[bin + 7] ? 8 : 0;
      bin += number >= borders[bin + 3] ? 4 : 0;
      bin += number >= borders[bin + 1] ? 2 : 0;
      bin += number >= borders[bin] ? 1 : 0;
      return bin;
    }
  }

  /** Texts by their values. */
  private static final class Texts extends CellCounter {
    private final Map<String, Integer> cells = new HashMap<>();
    private final int other;
    private final boolean complete;

    Texts(TextProfile profile, int field) {
      super(profile, field);
      profile.values().forEach(value -> cells.put(value, cells.size()));
      this.other = profile.values().size();
      this.complete = profile.others() == 0;
    }

    private int cell(@Nullable String text) {
      return text == null ? other + 1 : cells.getOrDefault(text, other);
    }

    private void count(int cell, long rows) {
      counts[cell] += rows;
      unseen += cell == other && complete ? rows : 0;
    }

    @Override
    void add(Row row) {
      count(cell(row.text(field)), 1);
    }

    @Override
    void add(ColumnData data) {
      if (data instanceof CategoryColumn categories) {
        addCodes(categories);
        return;
      }
      TextColumn texts = (TextColumn) data;
      for (int row = 0; row < texts.rows(); row++) {
        count(cell(texts.get(row)), 1);
      }
    }

    private void addCodes(CategoryColumn column) {
      List<String> values = column.values();
      int[] cellOfCode = values.stream().mapToInt(this::cell).toArray();
      for (int row = 0; row < column.rows(); row++) {
        int code = column.code(row);
        count(code < 0 ? other + 1 : cellOfCode[code], 1);
      }
    }
  }
}
