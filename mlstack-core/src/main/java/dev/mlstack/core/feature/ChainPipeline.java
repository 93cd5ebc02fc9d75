package dev.mlstack.core.feature;

import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.feature.Slot;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.List;

/** A fitted pipeline that is a list of chains. */
final class ChainPipeline implements FittedPipeline {

  private final Schema input;
  private final List<Chain> chains;
  private final FeatureLayout layout;

  /** The index of the first slot of each chain, and the width at the end. */
  private final int[] slots;

  private final StoredObject object;

  ChainPipeline(Schema input, List<Chain> chains) {
    this.input = input;
    this.chains = List.copyOf(chains);
    this.slots = new int[chains.size() + 1];
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < chains.size(); i++) {
      all.addAll(chains.get(i).slots(input));
      slots[i + 1] = all.size();
    }
    this.layout = new FeatureLayout(all);
    this.object =
        StoredObject.of(
            ObjectKind.CONTENT,
            chains.stream().allMatch(Pipelines::isOfFirstForm) ? TYPE : TYPE_2,
            List.of(),
            Value.doc()
                .put(Pipelines.INPUT, input.toValue())
                .put(Pipelines.CHAINS, chains.stream().map(Chain::toValue).toList())
                .build());
  }

  List<Chain> chains() {
    return chains;
  }

  @Override
  public Schema input() {
    return input;
  }

  @Override
  public FeatureLayout layout() {
    return layout;
  }

  @Override
  public void apply(Table table, FeatureSink sink) {
    encode(table, sink, /* training= */ false);
  }

  @Override
  public void applyToTraining(Table table, FeatureSink sink) {
    encode(table, sink, /* training= */ true);
  }

  private void encode(Table table, FeatureSink sink, boolean training) {
    Binding.require(chains, input, table.schema());
    sink.begin(table.rows());
    TableEncoder encoder = new TableEncoder(table, sink, training);
    for (int from = 0; from < table.rows(); from += TableEncoder.BLOCK_ROWS) {
      int count = Math.min(TableEncoder.BLOCK_ROWS, table.rows() - from);
      for (int i = 0; i < chains.size(); i++) {
        encoder.encode(chains.get(i), slots[i], slots[i + 1] - slots[i], from, count);
      }
    }
  }

  @Override
  public RowEncoder encoder(Schema rows) {
    Binding.require(chains, input, rows);
    RowCell[] cells = new RowCell[chains.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = RowCell.of(chains.get(i), rows);
    }
    return new ChainEncoder(rows, cells, slots);
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(object);
  }

  @Override
  public Digest digest() {
    return object.digest();
  }

  /** Returns the input and the width. */
  @Override
  public String toString() {
    return "pipeline " + digest().abbreviated() + " from " + input + " to " + layout.width();
  }
}
