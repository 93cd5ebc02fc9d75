package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;

/** Values of any length, each with its length before it. */
final class PlainTexts extends Values {

  private static final int SHORT_BYTES = PageReader.SLACK_BYTES;

  private final ByteRange data;

  PlainTexts(ByteRange data) {
    this.data = data;
  }

  @Override
  void readTexts(int count, RawColumn to, int start, int[] ends) {
    byte[] from = data.bytes();
    // No more bytes can come than there are.
    byte[] values = to.reserve((long) start + data.length() + SHORT_BYTES);
    int end = start;
    int at = data.at();
    int limit = data.end() - Integer.BYTES;
    for (int i = 0; i < count; i++) {
      if (at > limit) {
        throw new IllegalArgumentException("a page of texts is cut short");
      }
      int length = LittleEndian.int32(from, at);
      at += Integer.BYTES;
      if (length < 0 || length > data.end() - at) {
        throw new IllegalArgumentException("a text says it has " + length + " bytes");
      }
      if (length <= SHORT_BYTES) {
        Words.copyShort(from, at, values, end);
      } else {
        System.arraycopy(from, at, values, end, length);
      }
      at += length;
      end += length;
      ends[i] = end;
    }
    data.skip(at - data.at());
  }
}
