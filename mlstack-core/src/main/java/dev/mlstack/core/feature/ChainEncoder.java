package dev.mlstack.core.feature;

import dev.mlstack.feature.RowEncoder;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;

/** Encodes rows of one schema, chain by chain. */
final class ChainEncoder implements RowEncoder {

  private final Schema rows;
  private final RowCell[] cells;
  private final int[] slots;

  /**
   * Creates an encoder.
   *
   * @param slots where the numbers of each cell begin, and the width at the end
   */
  ChainEncoder(Schema rows, RowCell[] cells, int[] slots) {
    this.rows = rows;
    this.cells = cells;
    this.slots = slots;
  }

  @Override
  public int width() {
    return slots[cells.length];
  }

  @Override
  public void encode(Row row, float[] to, int at) {
    if (!rows.equals(row.schema())) {
      throw new IllegalArgumentException(
          "row must be of the schema that this encoder was made for, "
              + rows
              + ", but is of "
              + row.schema());
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i].encode(row, to, at + slots[i]);
    }
  }
}
