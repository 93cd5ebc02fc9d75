package dev.mlstack.data.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.json.Json;
import dev.mlstack.data.columnar.ColumnarSource;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DataException;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that other programs wrote, and what is in them ({@code benchmarks/peers/interop.py}). */
public final class FrozenFormats {

  private FrozenFormats() {}

  /**
   * Returns what each column of a file has.
   *
   * @param json expected.json, open; closed here
   */
  public static Value.Doc expected(InputStream json, String file) throws IOException {
    try (json) {
      return Json.parse(new String(json.readAllBytes(), StandardCharsets.UTF_8)).asDoc().doc(file);
    }
  }

  /** Fails unless a file has exactly what is expected, read with one thread and with several. */
  public static <S extends ColumnarSource<S>> void check(S source, Value.Doc expected)
      throws IOException {
    S typed = source;
    for (String column : expected.members().keySet()) {
      Value say = expected.doc(column).get("say");
      if (!(say instanceof Value.Null)) {
        typed = typed.type(column, type(say.asText()));
      }
    }
    Map<String, List<Object>> cells = cells(typed, Execution.here());
    for (String column : expected.members().keySet()) {
      List<Object> wanted =
          expected.doc(column).items("values").stream().map(FrozenFormats::text).toList();
      assertThat(cells.get(column)).as(column).isEqualTo(wanted);
    }
    assertThat(cells.keySet()).containsExactlyInAnyOrderElementsOf(expected.members().keySet());
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      assertThat(cells(typed, Execution.on(pool, 3))).isEqualTo(cells);
    } finally {
      pool.shutdown();
    }
  }

  private static FieldType type(String name) {
    return switch (name) {
      case "text" -> FieldType.TEXT;
      case "int64" -> FieldType.INT64;
      case "float64" -> FieldType.FLOAT64;
      default -> FieldType.tensor(2);
    };
  }

  private static Object text(Value value) {
    if (value instanceof Value.Null) {
      return "missing";
    } else if (value instanceof Value.Items items) {
      return items.asItems().stream().map(FrozenFormats::text).toList();
    } else if (value instanceof Value.Text text) {
      return text.asText();
    }
    return value instanceof Value.Whole whole
        ? Long.toString(whole.number())
        : Double.toString(value.asReal());
  }

  /** Returns the names of the columns that can be read without saying a type. */
  public static String[] readable(ColumnarSource<?> source) throws IOException {
    ColumnarSource<?> left = source;
    List<String> refused = new ArrayList<>();
    while (true) {
      try {
        return left.schema().names().toArray(String[]::new);
      } catch (DataException e) {
        Matcher matcher = Pattern.compile("column '(.*?)'").matcher(e.getMessage());
        assertThat(matcher.find()).as(e.getMessage()).isTrue();
        refused.add(matcher.group(1));
        left = source.without(refused.toArray(String[]::new));
      }
    }
  }

  /** Returns the cells of all columns. */
  public static Map<String, List<Object>> cells(ColumnarSource<?> source, Execution execution)
      throws IOException {
    Map<String, List<Object>> cells = new LinkedHashMap<>();
    try (SourceReader reader =
        source.open(
            row -> {
              throw new AssertionError(row);
            },
            execution)) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        for (int i = 0; i < table.schema().size(); i++) {
          List<Object> column =
              cells.computeIfAbsent(table.schema().field(i).name(), name -> new ArrayList<>());
          for (int row = 0; row < table.rows(); row++) {
            column.add(cell(table.column(i), row));
          }
        }
      }
    }
    return cells;
  }

  private static Object cell(ColumnData column, int row) {
    if (column.isNull(row)) {
      return "missing";
    } else if (column instanceof LongColumn longs) {
      return Long.toString(longs.get(row));
    } else if (column instanceof DoubleColumn doubles) {
      return Double.toString(doubles.get(row));
    } else if (column instanceof CategoryColumn categories) {
      return categories.values().get(categories.code(row));
    } else if (column instanceof TensorColumn tensors) {
      float[] numbers = new float[((FieldType.Tensor) column.field().type()).size()];
      tensors.read(row, numbers, 0);
      List<Object> list = new ArrayList<>();
      for (float number : numbers) {
        list.add(Double.toString(number));
      }
      return list;
    }
    return String.valueOf(((TextColumn) column).get(row));
  }
}
