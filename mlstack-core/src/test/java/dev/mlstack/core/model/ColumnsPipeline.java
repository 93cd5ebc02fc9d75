package dev.mlstack.core.model;

import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.feature.Slot;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.util.List;

/** Takes some columns of numbers as they are. */
record ColumnsPipeline(List<String> columns) implements FittedPipeline {

  static ColumnsPipeline load(ObjectSource source, Digest digest) {
    return Payloads.read(
        source.get(digest).require(TYPE), payload -> new ColumnsPipeline(payload.texts("columns")));
  }

  @Override
  public Schema input() {
    return Schema.of(columns.stream().map(name -> Field.of(name, FieldType.FLOAT64)).toList());
  }

  @Override
  public FeatureLayout layout() {
    return new FeatureLayout(columns.stream().map(Slot::number).toList());
  }

  @Override
  public void apply(Table table, FeatureSink sink) {
    sink.begin(table.rows());
    for (int slot = 0; slot < columns.size(); slot++) {
      DoubleColumn column = (DoubleColumn) table.column(columns.get(slot));
      float[] values = new float[table.rows()];
      for (int row = 0; row < values.length; row++) {
        values[row] = (float) column.get(row);
      }
      sink.numbers(slot, 0, values, values.length);
    }
  }

  @Override
  public RowEncoder encoder(Schema rows) {
    int[] fields = columns.stream().mapToInt(rows::indexOf).toArray();
    return new RowEncoder() {
      @Override
      public int width() {
        return fields.length;
      }

      @Override
      public void encode(Row row, float[] to, int at) {
        if (!row.schema().equals(rows)) {
          throw new IllegalArgumentException("the row is of another schema");
        }
        for (int i = 0; i < fields.length; i++) {
          to[at + i] = (float) row.number(fields[i]);
        }
      }
    };
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    Value.Doc payload = Value.doc().put("columns", Value.ofTexts(columns)).build();
    return sink.put(StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), payload));
  }
}
