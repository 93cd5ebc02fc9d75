package dev.mlstack.parquet;

/** Values of a fixed width, one behind the other. */
final class PlainNumbers extends Values {

  private final ByteRange data;
  private final int width;

  PlainNumbers(ByteRange data, int width) {
    this.data = data;
    this.width = width;
  }

  @Override
  void read(int count, byte[] to, int at) {
    int bytes = Math.multiplyExact(count, width);
    int from = data.at();
    data.skip(bytes);
    System.arraycopy(data.bytes(), from, to, at, bytes);
  }
}
