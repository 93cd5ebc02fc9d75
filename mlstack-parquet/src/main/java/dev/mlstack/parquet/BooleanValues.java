package dev.mlstack.parquet;

/** Truth values, a byte each. */
final class BooleanValues {

  private BooleanValues() {}

  /** A bit each. */
  static final class Plain extends Values {
    private final ByteRange data;
    private final int start;
    private int read;

    Plain(ByteRange data) {
      this.data = data;
      this.start = data.at();
    }

    @Override
    void read(int count, byte[] to, int at) {
      if ((read + count + 7L) / 8 > data.end() - start) {
        throw new IllegalArgumentException("a page of truth values is cut short");
      }
      byte[] bytes = data.bytes();
      for (int i = 0; i < count; i++) {
        int bit = read + i;
        to[at + i] = (byte) (bytes[start + (bit >> 3)] >> (bit & 7) & 1);
      }
      read += count;
    }
  }

  /** In runs, with their length before them. */
  static final class InRuns extends Values {
    private final Runs runs;
    private int[] numbers = {};

    InRuns(ByteRange data) {
      this.runs = new Runs(data.take(data.takeInt()), 1);
    }

    @Override
    void read(int count, byte[] to, int at) {
      if (numbers.length < count) {
        numbers = new int[count];
      }
      runs.read(count, numbers);
      for (int i = 0; i < count; i++) {
        to[at + i] = (byte) numbers[i];
      }
    }
  }
}
