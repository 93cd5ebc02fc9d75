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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one endpoint as a table, and back: who answered, the numbers of the answer ({@code
 * output.0}, …), and the columns of the input ({@code input.age}, …). So a segment of the log is a
 * table like any other, stored in the same canonical bytes.
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
    for (LoggedPrediction entry : entries) {
      builder.add(entry.id().high(), new EntryRow(schema, entry));
    }
    return builder.build();
  }

  /** Returns the entries of a table. */
  static List<LoggedPrediction> decode(Table table, String endpoint) {
    Schema schema = table.schema();
    int outputs = 0;
    while (schema.find(OUTPUT + outputs).isPresent()) {
      outputs++;
    }
    int inputs = FIXED + outputs;
    Schema inputSchema =
        Schema.of(
            schema.fields().subList(inputs, schema.size()).stream()
                .map(field -> field.withName(field.name().substring(INPUT.length())))
                .toList());
    List<LoggedPrediction> entries = new ArrayList<>(table.rows());
    TableCursor cursor = table.cursor();
    while (cursor.next()) {
      double[] numbers = new double[outputs];
      for (int i = 0; i < outputs; i++) {
        numbers[i] = cursor.number(FIXED + i);
      }
      entries.add(
          new LoggedPrediction(
              new PredictionId(cursor.integer(HIGH), cursor.integer(LOW)),
              endpoint,
              Digest.parse(java.util.Objects.requireNonNull(cursor.text(RELEASE))),
              Digest.parse(java.util.Objects.requireNonNull(cursor.text(MODEL))),
              new InputRow(inputSchema, table.cursor().moveTo(cursor.index()), inputs),
              numbers,
              cursor.integer(NANOS)));
    }
    return entries;
  }

  /** An entry, read as a row of the table. */
  private record EntryRow(Schema schema, LoggedPrediction entry) implements Row {

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
        case RELEASE -> entry.release().hex();
        case MODEL -> entry.fittedModel().hex();
        default -> entry.input().text(inputField(field));
      };
    }

    @Override
    public void tensor(int field, float[] to, int at) {
      entry.input().tensor(inputField(field), to, at);
    }
  }

  /** The columns of the input among those of an entry. */
  private record InputRow(Schema schema, Row entry, int first) implements Row {
    @Override
    public boolean isNull(int field) {
      return entry.isNull(first + field);
    }

    @Override
    public double number(int field) {
      return entry.number(first + field);
    }

    @Override
    public long integer(int field) {
      return entry.integer(first + field);
    }

    @Override
    public @Nullable String text(int field) {
      return entry.text(first + field);
    }

    @Override
    public void tensor(int field, float[] to, int at) {
      entry.tensor(first + field, to, at);
    }
  }
}
