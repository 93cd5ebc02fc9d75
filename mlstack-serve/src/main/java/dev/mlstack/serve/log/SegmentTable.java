package dev.mlstack.serve.log;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one endpoint as a table, and back: who answered, the numbers of the answer ({@code
 * output.0}, …), and the columns of the input ({@code input.age}, …). So a segment of the log is a
 * table like any other, stored in the same canonical bytes. These keep every bit of a number but
 * the sign of zero and the payload of NaN.
 */
final class SegmentTable {

  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int RELEASE = 2;
  private static final int MODEL = 3;
  private static final int NANOS = 4;
  private static final int FIXED = 5;
  private static final String OUTPUT = "output.";
  private static final String INPUT = "input.";

  private SegmentTable() {}

  /** What entries must have in common to stand in one table. */
  record Shape(Schema input, int outputs) {
    static Shape of(LoggedPrediction entry) {
      return new Shape(entry.input().schema(), entry.outputs().length);
    }

    Schema schema() {
      List<Field> fields = new ArrayList<>();
      fields.add(Field.of("id.high", FieldType.INT64).required());
      fields.add(Field.of("id.low", FieldType.INT64).required());
      fields.add(Field.of("release", FieldType.TEXT).required());
      fields.add(Field.of("model", FieldType.TEXT).required());
      fields.add(Field.of("nanos", FieldType.INT64).required());
      for (int i = 0; i < outputs; i++) {
        fields.add(Field.of(OUTPUT + i, FieldType.FLOAT64).required());
      }
      for (Field field : input.fields()) {
        fields.add(field.withName(INPUT + field.name()));
      }
      return Schema.of(fields);
    }
  }

  /** Returns the table of some entries, which all have the given shape. */
  static MemoryTable encode(List<LoggedPrediction> entries, Shape shape) {
    Schema schema = shape.schema();
    MemoryTable.Builder builder = MemoryTable.builder(schema);
    Map<Digest, String> names = new HashMap<>();
    for (LoggedPrediction entry : entries) {
      builder.add(entry.id().high(), new EntryRow(schema, entry, names));
    }
    return builder.build();
  }

  /**
   * Returns the entries of a table.
   *
   * @throws IllegalArgumentException if it is not such a table
   */
  static List<LoggedPrediction> decode(Table table, String endpoint) {
    Shape shape = shape(table.schema());
    int inputs = FIXED + shape.outputs();
    RowCopier copier = RowCopier.of(shape.input());
    Map<String, Digest> digests = new HashMap<>();
    List<LoggedPrediction> entries = new ArrayList<>(table.rows());
    TableCursor cursor = table.cursor();
    while (cursor.next()) {
      double[] numbers = new double[shape.outputs()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = cursor.number(FIXED + i);
      }
      entries.add(
          new LoggedPrediction(
              new PredictionId(cursor.integer(HIGH), cursor.integer(LOW)),
              endpoint,
              digests.computeIfAbsent(text(cursor, RELEASE), Digest::parse),
              digests.computeIfAbsent(text(cursor, MODEL), Digest::parse),
              copier.copy(cursor, inputs),
              numbers,
              cursor.integer(NANOS)));
    }
    return entries;
  }

  private static String text(Row row, int field) {
    return Objects.requireNonNull(row.text(field), "a required text is missing");
  }

  private static Shape shape(Schema schema) {
    int outputs = 0;
    while (schema.find(OUTPUT + outputs).isPresent()) {
      outputs++;
    }
    List<Field> inputs = new ArrayList<>();
    for (Field field : schema.fields()) {
      if (field.name().startsWith(INPUT)) {
        inputs.add(field.withName(field.name().substring(INPUT.length())));
      }
    }
    Shape shape = new Shape(Schema.of(inputs), outputs);
    if (!shape.schema().equals(schema)) {
      throw new IllegalArgumentException("no entry of a prediction log has the columns " + schema);
    }
    return shape;
  }

  /** An entry, read as a row of the table. */
  private record EntryRow(Schema schema, LoggedPrediction entry, Map<Digest, String> names)
      implements Row {

    private int inputField(int field) {
      return field - FIXED - entry.outputs().length;
    }

    private boolean isInput(int field) {
      return inputField(field) >= 0;
    }

    @Override
    public boolean isNull(int field) {
      return isInput(field) && entry.input().isNull(inputField(field));
    }

    @Override
    public double number(int field) {
      return isInput(field)
          ? entry.input().number(inputField(field))
          : entry.outputs()[field - FIXED];
    }

    @Override
    public long integer(int field) {
      return switch (field) {
        case HIGH -> entry.id().high();
        case LOW -> entry.id().low();
        case NANOS -> entry.nanos();
        default -> entry.input().integer(inputField(field));
      };
    }

    @Override
    public @Nullable String text(int field) {
      return switch (field) {
        case RELEASE -> names.computeIfAbsent(entry.release(), Digest::hex);
        case MODEL -> names.computeIfAbsent(entry.fittedModel(), Digest::hex);
        default -> entry.input().text(inputField(field));
      };
    }

    @Override
    public void tensor(int field, float[] to, int at) {
      entry.input().tensor(inputField(field), to, at);
    }
  }
}
