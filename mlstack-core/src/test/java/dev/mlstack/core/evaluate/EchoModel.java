package dev.mlstack.core.evaluate;

import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A model whose answers stand in the data: the numbers of the columns that it reads. */
final class EchoModel implements Model {

  private final Signature signature;

  /** How many blocks were scored. */
  final AtomicInteger scored = new AtomicInteger();

  /** How many rows the largest of them had. */
  final AtomicInteger mostRows = new AtomicInteger();

  private volatile boolean closed;

  private EchoModel(Signature signature) {
    this.signature = signature;
  }

  /** Returns a model whose columns {@code a0}, {@code a1}, … are its answers. */
  static <A> FittedModel<A> fitted(Label<A> label, Schema schema) {
    List<String> columns = schema.names().stream().filter(n -> n.matches("a[0-9]+")).toList();
    Columns pipeline = new Columns(schema, columns);
    List<Output> outputs = label.outputs();
    return FittedModel.of(
        label, pipeline, new EchoModel(new Signature(pipeline.digest(), columns.size(), outputs)));
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
    mostRows.accumulateAndGet(rows, Math::max);
    for (int i = 0; i < rows * signature.width(); i++) {
      outputs[i] = features[i];
    }
    scored.incrementAndGet();
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT, new VersionedName("echo", 1), List.of(), signature.toValue()));
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Encodes numeric columns as they are. */
  private record Columns(Schema input, List<String> columns) implements FittedPipeline {

    @Override
    public FeatureLayout layout() {
      return new FeatureLayout(columns.stream().map(Slot::number).toList());
    }

    @Override
    public void apply(Table table, FeatureSink sink) {
      for (int slot = 0; slot < columns.size(); slot++) {
        int field = table.schema().indexOf(columns.get(slot));
        float[] values = new float[table.rows()];
        for (int row = 0; row < values.length; row++) {
          values[row] = (float) table.cursor().moveTo(row).number(field);
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
          for (int i = 0; i < fields.length; i++) {
            to[at + i] = (float) row.number(fields[i]);
          }
        }
      };
    }

    @Override
    public Digest writeTo(ObjectSink sink) {
      return sink.put(
          StoredObject.of(
              ObjectKind.CONTENT,
              TYPE,
              List.of(),
              Value.doc().put("columns", Value.ofTexts(columns)).build()));
    }
  }
}
