package dev.mlstack.parquet;

import dev.mlstack.data.columnar.RawColumn;

/** Texts behind all their lengths. */
final class DeltaTexts extends Values {

  private final int[] lengths;
  private final ByteRange data;
  private int next;

  DeltaTexts(ByteRange data, int most) {
    this.lengths = new Deltas(data).lengths(most);
    this.data = data;
  }

  @Override
  void readTexts(int count, RawColumn to, int start, int[] ends) {
    if (count > lengths.length - next) {
      throw new IllegalArgumentException("a page has too few texts");
    }
    int end = start;
    for (int i = 0; i < count; i++) {
      int length = lengths[next++];
      data.skip(length);
      byte[] values = to.reserve((long) end + length);
      System.arraycopy(data.bytes(), data.at() - length, values, end, length);
      end += length;
      ends[i] = end;
    }
  }
}
