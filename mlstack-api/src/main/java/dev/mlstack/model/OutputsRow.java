package dev.mlstack.model;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.util.List;

/** The numbers that a model gave for several outputs, read as a row of answers. */
final class OutputsRow implements Row {

  private final Layout layout;
  private final double[] outputs;

  OutputsRow(Layout layout, double[] outputs) {
    this.layout = layout;
    this.outputs = outputs;
  }

  /** Where the numbers of each field stand among the outputs. */
  static final class Layout {
    private final Schema schema;
    private final List<Output> outputs;
    private final int[] starts;

    Layout(Schema schema, List<LabelColumn> columns) {
      this.schema = schema;
      this.outputs = columns.stream().map(LabelColumn::output).toList();
      this.starts = new int[columns.size()];
      for (int i = 1; i < starts.length; i++) {
        starts[i] = starts[i - 1] + outputs.get(i - 1).width();
      }
    }
  }

  @Override
  public Schema schema() {
    return layout.schema;
  }

  @Override
  public boolean isNull(int field) {
    return false;
  }

  @Override
  public double number(int field) {
    return outputs[layout.starts[field]];
  }

  @Override
  public long integer(int field) {
    return best(field);
  }

  @Override
  public String text(int field) {
    return ((Output.Classes) layout.outputs.get(field)).classes().get(best(field));
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    throw new IllegalArgumentException("several outputs have no tensors among them");
  }

  private int best(int field) {
    int start = layout.starts[field];
    int best = 0;
    for (int i = 1; i < layout.outputs.get(field).width(); i++) {
      if (outputs[start + i] > outputs[start + best]) {
        best = i;
      }
    }
    return best;
  }
}
