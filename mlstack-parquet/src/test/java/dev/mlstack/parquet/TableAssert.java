package dev.mlstack.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.table.ColumnCodec;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares tables. */
final class TableAssert {

  private TableAssert() {}

  /** Fails unless both have equal schemas, identities and values. */
  static void assertEqual(Table actual, Table expected) {
    assertThat(actual.schema()).isEqualTo(expected.schema());
    assertThat(actual.rows()).isEqualTo(expected.rows());
    for (int row = 0; row < expected.rows(); row++) {
      assertThat(actual.rowId(row)).isEqualTo(expected.rowId(row));
    }
    for (int i = 0; i < expected.schema().size(); i++) {
      assertEqual(actual.column(i), expected.column(i));
    }
  }

  /** Fails unless both have equal values, read one by one and in bulk. */
  static void assertEqual(ColumnData actual, ColumnData expected) {
    String name = expected.field().toString();
    assertThat(actual.field()).isEqualTo(expected.field());
    assertThat(actual.rows()).isEqualTo(expected.rows());
    List<Object> actualValues = values(actual);
    List<Object> expectedValues = values(expected);
    assertThat(actualValues).as(name).isEqualTo(expectedValues);
    assertThat(bulk(actual)).as(name).isEqualTo(actualValues);
    assertThat(actual.hasNulls() || !actualValues.contains("missing")).as(name).isTrue();
    assertThat(ColumnCodec.encode(actual)).as(name).isEqualTo(ColumnCodec.encode(expected));
  }

  /** Returns the rows of a dataset, each as its identity and its values. */
  static List<List<Object>> rows(Dataset data) {
    List<List<Object>> rows = new ArrayList<>();
    try (TableReader reader = data.open()) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        for (int row = 0; row < table.rows(); row++) {
          rows.add(row(table, row));
        }
      }
    }
    return rows;
  }

  private static List<Object> row(Table table, int row) {
    List<Object> values = new ArrayList<>();
    values.add(table.rowId(row));
    for (int i = 0; i < table.schema().size(); i++) {
      values.add(value(table.column(i), row));
    }
    return values;
  }

  /** Returns the values of a column as objects that are equal if the bits are. */
  static List<Object> values(ColumnData column) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      values.add(value(column, row));
    }
    return values;
  }

  private static Object value(ColumnData column, int row) {
    boolean missing = column.isNull(row);
    if (column instanceof LongColumn longs) {
      assertThat(missing && longs.get(row) != 0).isFalse();
      return missing ? "missing" : longs.get(row);
    } else if (column instanceof DoubleColumn doubles) {
      return missing ? missing(doubles.get(row)) : doubles.get(row);
    } else if (column instanceof TextColumn texts) {
      return orMissing(texts.get(row), missing);
    } else if (column instanceof CategoryColumn categories) {
      int code = categories.code(row);
      return orMissing(code < 0 ? null : categories.values().get(code), missing);
    }
    return tensor((TensorColumn) column, row);
  }

  private static Object missing(double value) {
    assertThat(value).isNaN();
    return "missing";
  }

  private static Object orMissing(@Nullable String text, boolean missing) {
    assertThat(text == null).isEqualTo(missing);
    return text == null ? "missing" : "text " + text;
  }

  private static Object tensor(TensorColumn column, int row) {
    int size = ((FieldType.Tensor) column.field().type()).size();
    float[] numbers = new float[size + 2];
    column.read(row, numbers, 1);
    List<Float> values = new ArrayList<>();
    for (float number : numbers) {
      values.add(number);
    }
    return column.isNull(row) ? "missing" : values;
  }

  private static List<Object> bulk(ColumnData column) {
    int rows = column.rows();
    List<Object> values = new ArrayList<>();
    if (column instanceof LongColumn longs) {
      long[] read = new long[rows + 1];
      longs.read(0, rows, read, 1);
      for (int row = 0; row < rows; row++) {
        values.add(column.isNull(row) ? "missing" : read[row + 1]);
      }
    } else if (column instanceof DoubleColumn doubles) {
      double[] read = new double[rows + 1];
      doubles.read(0, rows, read, 1);
      for (int row = 0; row < rows; row++) {
        values.add(column.isNull(row) ? missing(read[row + 1]) : read[row + 1]);
      }
    } else if (column instanceof TextColumn texts) {
      @Nullable String[] read = new String[rows + 1];
      texts.read(0, rows, read, 1);
      for (int row = 0; row < rows; row++) {
        values.add(orMissing(read[row + 1], column.isNull(row)));
      }
    } else if (column instanceof CategoryColumn categories) {
      int[] read = new int[rows + 1];
      categories.read(0, rows, read, 1);
      for (int row = 0; row < rows; row++) {
        String text = read[row + 1] < 0 ? null : categories.values().get(read[row + 1]);
        values.add(Objects.requireNonNull(orMissing(text, column.isNull(row))));
      }
    } else {
      return values(column);
    }
    return values;
  }
}
