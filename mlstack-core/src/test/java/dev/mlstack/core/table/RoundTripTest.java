package dev.mlstack.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.testkit.RandomTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Columns and tables come back from their bytes as they were, and equal values have equal bytes.
 */
class RoundTripTest {

  private static final int TABLES = Boolean.getBoolean("mlstack.exhaustive") ? 2000 : 20;

  /** One column of each type, and of each width of codes. */
  static Stream<Field> fields() {
    List<String> many = IntStream.range(0, 300).mapToObj(i -> "value " + i).toList();
    List<String> very = IntStream.range(0, 70_000).mapToObj(i -> "value " + i).toList();
    return Stream.concat(
        RandomTables.everyType().fields().stream(),
        Stream.of(
            Field.of("required", FieldType.FLOAT64).required(),
            Field.of("one", FieldType.category(List.of("one"))),
            Field.of("many", FieldType.category(many)),
            Field.of("very many", FieldType.category(very)),
            Field.of("scalar", FieldType.tensor())));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void columnComesBackAsItWas(Field field) {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    for (int i = 0; i < TABLES; i++) {
      int rows = i < 20 ? i : random.nextInt(10_000);
      ColumnData column = RandomTables.of(Schema.of(field), rows, random.nextLong()).column(0);
      byte[] bytes = ColumnCodec.encode(column);
      ColumnData decoded = new EncodedColumn(field, bytes).toColumn();
      assertThat(decoded.field()).isEqualTo(field);
      assertThat(values(decoded)).as("seed %d", seed).isEqualTo(values(column));
      assertThat(ColumnCodec.encode(decoded)).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void encodedColumnReadsRowByRow(Field field) {
    Table table = RandomTables.of(Schema.of(field), 100, 5);
    EncodedColumn encoded = new EncodedColumn(field, ColumnCodec.encode(table.column(0)));
    TableCursor cursor = table.cursor();
    for (int row = 0; row < encoded.rows(); row++) {
      cursor.moveTo(row);
      assertThat(encoded.isNull(row)).isEqualTo(cursor.isNull(0));
      if (field.type() instanceof FieldType.Real) {
        assertThat(encoded.real(row) + 0.0).isEqualTo(Double.valueOf(cursor.number(0) + 0.0));
      } else if (field.type() instanceof FieldType.Category category) {
        int code = encoded.code(row);
        assertThat(code < 0 ? null : category.values().get(code)).isEqualTo(cursor.text(0));
      } else if (field.type() instanceof FieldType.Text) {
        assertThat(encoded.texts()[row]).isEqualTo(cursor.text(0));
      } else if (!(field.type() instanceof FieldType.Tensor)) {
        assertThat(encoded.integer(row)).isEqualTo(cursor.integer(0));
      }
    }
  }

  @Test
  void tableComesBackAsItWas() {
    long seed = RandomTables.seed();
    Table table = RandomTables.of(RandomTables.everyType(), 1000, seed);
    MemoryTable decoded = TableCodec.decode(TableCodec.encode(table));
    assertThat(decoded.schema()).isEqualTo(table.schema());
    assertThat(TableCodec.encode(decoded)).as("seed %d", seed).isEqualTo(TableCodec.encode(table));
    for (int row = 0; row < table.rows(); row++) {
      assertThat(decoded.rowId(row)).isEqualTo(table.rowId(row));
    }
  }

  @Test
  void equalValues_haveEqualBytes_whateverTableTheyStandIn() {
    long seed = RandomTables.seed();
    Table table = RandomTables.of(RandomTables.everyType(), 3000, seed);
    int[] some = new Random(seed).ints(2000, 0, 3000).toArray();
    Table selected = table.select(some);
    byte[] expected = TableCodec.encode(selected);
    MemoryTable copy = MemoryTable.copyOf(selected);
    MemoryTable.Builder rowByRow = MemoryTable.builder(table.schema());
    for (TableCursor cursor = selected.cursor(); cursor.next(); ) {
      rowByRow.add(cursor.rowId(), cursor);
    }
    Table selectedTwice = MemoryTable.copyOf(table).select(some).select(all(2000));
    assertThat(TableCodec.encode(copy)).as("seed %d", seed).isEqualTo(expected);
    assertThat(TableCodec.encode(rowByRow.build())).as("seed %d", seed).isEqualTo(expected);
    assertThat(TableCodec.encode(selectedTwice)).as("seed %d", seed).isEqualTo(expected);
  }

  private static int[] all(int rows) {
    return IntStream.range(0, rows).toArray();
  }

  /** Returns the values of a column, with one NaN and one zero, as the bytes know them. */
  private static List<Object> values(ColumnData column) {
    Schema schema = Schema.of(column.field());
    List<Object> values = new ArrayList<>();
    TableCursor cursor = new OneColumn(schema, column).cursor();
    while (cursor.next()) {
      values.add(cursor.isNull(0) ? "missing" : value(cursor, column.field().type()));
    }
    return values;
  }

  private static Object value(TableCursor cursor, FieldType type) {
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return java.util.Objects.requireNonNull(cursor.text(0));
    } else if (type instanceof FieldType.Real) {
      return cursor.number(0) + 0.0;
    } else if (type instanceof FieldType.Tensor tensor) {
      float[] numbers = new float[tensor.size()];
      cursor.tensor(0, numbers, 0);
      return Arrays.toString(numbers).replace("-0.0,", "0.0,").replace("-0.0]", "0.0]");
    }
    return cursor.integer(0);
  }

  /** A table around one column. */
  private record OneColumn(Schema schema, ColumnData column) implements Table {
    @Override
    public int rows() {
      return column.rows();
    }

    @Override
    public ColumnData column(int index) {
      return column;
    }

    @Override
    public long rowId(int row) {
      return row;
    }
  }
}
