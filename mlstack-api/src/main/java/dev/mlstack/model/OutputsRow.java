package dev.mlstack.model;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.util.List;

/** The numbers that a model gave for several outputs, read as a row of answers. */
final class OutputsRow implements Row {

  private final Schema schema;
  private final List<LabelColumn> columns;
  private final double[] outputs;

  OutputsRow(Schema schema, List<LabelColumn> columns, double[] outputs) {
    this.schema = schema;
    this.columns = columns;
    this.outputs = outputs;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean isNull(int field) {
    return false;
  }

  @Override
  public double number(int field) {
    return outputs[start(field)];
  }

  @Override
  public long integer(int field) {
    return best(field);
  }

  @Override
  public String text(int field) {
    return ((Output.Classes) columns.get(field).output()).classes().get(best(field));
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    throw new IllegalArgumentException("several outputs have no tensors among them");
  }

  private int start(int field) {
    return columns.subList(0, field).stream().mapToInt(c -> c.output().width()).sum();
  }

  private int best(int field) {
    int start = start(field);
    int best = 0;
    for (int i = 1; i < columns.get(field).output().width(); i++) {
      if (outputs[start + i] > outputs[start + best]) {
        best = i;
      }
    }
    return best;
  }
}
