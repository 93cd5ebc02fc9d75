package dev.mlstack.data.version;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A row of ours with some values of theirs.
 *
 * @param ours a row
 * @param theirs a row of the same schema
 * @param fromTheirs the fields whose values are theirs
 */
record MergedRow(Row ours, Row theirs, BitSet fromTheirs) implements Row {

  private Row side(int field) {
    return fromTheirs.get(field) ? theirs : ours;
  }

  @Override
  public Schema schema() {
    return ours.schema();
  }

  @Override
  public boolean isNull(int field) {
    return side(field).isNull(field);
  }

  @Override
  public double number(int field) {
    return side(field).number(field);
  }

  @Override
  public long integer(int field) {
    return side(field).integer(field);
  }

  @Override
  public @Nullable String text(int field) {
    return side(field).text(field);
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    side(field).tensor(field, to, at);
  }
}
