package dev.mlstack.parquet;

import dev.mlstack.data.columnar.RawColumn;
import java.util.Arrays;

/** Texts of which each tells how much of the one before it begins with (DELTA_BYTE_ARRAY). */
final class PrefixedTexts extends Values {

  private final int[] prefixes;
  private final int[] suffixes;
  private final ByteRange data;
  private byte[] last = {};
  private int lastLength;
  private int next;

  PrefixedTexts(ByteRange data, int most) {
    this.prefixes = new Deltas(data).lengths(most);
    this.suffixes = new Deltas(data).lengths(most);
    this.data = data;
    if (prefixes.length != suffixes.length) {
      throw new IllegalArgumentException("a page has other prefixes than texts");
    }
  }

  private void advance() {
    if (next == prefixes.length) {
      throw new IllegalArgumentException("a page has too few texts");
    }
    int prefix = prefixes[next];
    int suffix = suffixes[next++];
    if (prefix > lastLength) {
      throw new IllegalArgumentException("a text begins with more than the one before it has");
    }
    data.skip(suffix);
    int length = Math.addExact(prefix, suffix);
    if (length > last.length) {
      last = Arrays.copyOf(last, Math.max(length, Math.min(2 * last.length, 1 << 24)));
    }
    System.arraycopy(data.bytes(), data.at() - suffix, last, prefix, suffix);
    lastLength = length;
  }

  @Override
  void readTexts(int count, RawColumn to, int start, int[] ends) {
    int end = start;
    for (int i = 0; i < count; i++) {
      advance();
      System.arraycopy(last, 0, to.reserve((long) end + lastLength), end, lastLength);
      end += lastLength;
      ends[i] = end;
    }
  }

  @Override
  void read(int count, byte[] to, int at) {
    int end = at;
    for (int i = 0; i < count; i++) {
      advance();
      System.arraycopy(last, 0, to, end, lastLength);
      end += lastLength;
    }
  }
}
