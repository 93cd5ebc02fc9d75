package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;

/** Whole numbers by their differences. */
final class DeltaNumbers extends Values {

  private final Deltas deltas;
  private final int width;

  DeltaNumbers(Deltas deltas, int width) {
    this.deltas = deltas;
    this.width = width;
  }

  @Override
  void read(int count, byte[] to, int at) {
    for (int i = 0; i < count; i++) {
      LittleEndian.putWhole(to, at + i * width, width, deltas.next());
    }
  }
}
