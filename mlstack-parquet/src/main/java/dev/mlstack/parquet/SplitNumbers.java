package dev.mlstack.parquet;

/** Numbers whose first bytes stand together, then their second bytes (BYTE_STREAM_SPLIT). */
final class SplitNumbers extends Values {

  private final byte[] bytes;
  private final int start;
  private final int stride;
  private final int width;
  private int next;

  SplitNumbers(ByteRange data, int width) {
    this.bytes = data.bytes();
    this.start = data.at();
    this.stride = data.length() / width;
    this.width = width;
  }

  @Override
  void read(int count, byte[] to, int at) {
    if (count > stride - next) {
      throw new IllegalArgumentException("a page of numbers is cut short");
    }
    for (int stream = 0; stream < width; stream++) {
      int from = start + stream * stride + next;
      for (int i = 0; i < count; i++) {
        to[at + i * width + stream] = bytes[from + i];
      }
    }
    next += count;
  }
}
