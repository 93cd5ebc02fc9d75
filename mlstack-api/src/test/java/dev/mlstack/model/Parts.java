package dev.mlstack.model;

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
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.util.List;

/** The smallest pipeline and the smallest model that keep their contracts. */
final class Parts {

  private Parts() {}

  /** Takes one column of numbers as it is. */
  record OneColumn(String column) implements FittedPipeline {
    @Override
    public Schema input() {
      return Schema.of(Field.of(column, FieldType.FLOAT64));
    }

    @Override
    public FeatureLayout layout() {
      return new FeatureLayout(List.of(Slot.number(column)));
    }

    @Override
    public void apply(Table table, FeatureSink sink) {
      sink.begin(table.rows());
      float[] values = new float[table.rows()];
      for (int row = 0; row < values.length; row++) {
        values[row] = (float) ((DoubleColumn) table.column(column)).get(row);
      }
      sink.numbers(0, 0, values, values.length);
    }

    @Override
    public RowEncoder encoder(Schema rows) {
      int field = rows.indexOf(column);
      return new RowEncoder() {
        @Override
        public int width() {
          return 1;
        }

        @Override
        public void encode(Row row, float[] to, int at) {
          if (!row.schema().equals(rows)) {
            throw new IllegalArgumentException(
                "this encoder is for rows of " + rows + " but the row is of " + row.schema());
          }
          to[at] = (float) row.number(field);
        }
      };
    }

    @Override
    public Digest writeTo(ObjectSink sink) {
      return sink.put(
          StoredObject.of(
              ObjectKind.CONTENT, TYPE, List.of(), Value.doc().put("column", column).build()));
    }
  }

  /** Answers a multiple of its only feature. */
  static final class Multiple implements Model {
    private final Signature signature;
    private final double factor;
    private boolean closed;

    Multiple(Signature signature, double factor) {
      this.signature = signature;
      this.factor = factor;
    }

    @Override
    public Signature signature() {
      return signature;
    }

    @Override
    public void score(float[] features, int rows, double[] outputs) {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      for (int row = 0; row < rows; row++) {
        outputs[row] = factor * features[row];
      }
    }

    @Override
    public Digest writeTo(ObjectSink sink) {
      return sink.put(
          StoredObject.of(
              ObjectKind.CONTENT,
              new VersionedName("multiple", 1),
              List.of(),
              Value.doc().put("signature", signature.toValue()).put("factor", factor).build()));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
