package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;

/** Values by their number in a dictionary. */
final class DictionaryValues extends Values {

  private static final int SHORT_BYTES = PageReader.SLACK_BYTES;

  private final Words words;
  private final Runs runs;
  private final int width;
  private int[] numbers = {};

  DictionaryValues(Words words, ByteRange data, int width) {
    this.words = words;
    this.width = width;
    int bits = data.takeByte();
    this.runs = new Runs(data, bits);
  }

  private int[] numbers(int count) {
    if (numbers.length < count) {
      numbers = new int[count];
    }
    runs.read(count, numbers);
    for (int i = 0; i < count; i++) {
      if (numbers[i] < 0 || numbers[i] >= words.count()) {
        throw new IllegalArgumentException(
            "there is no value " + numbers[i] + " in a dictionary of " + words.count());
      }
    }
    return numbers;
  }

  @Override
  void read(int count, byte[] to, int at) {
    int[] which = numbers(count);
    byte[] from = words.bytes();
    if (width == Long.BYTES) {
      for (int i = 0; i < count; i++) {
        LittleEndian.put64(
            to, at + i * Long.BYTES, LittleEndian.int64(from, which[i] * Long.BYTES));
      }
    } else if (width == Integer.BYTES) {
      for (int i = 0; i < count; i++) {
        LittleEndian.put32(
            to, at + i * Integer.BYTES, LittleEndian.int32(from, which[i] * Integer.BYTES));
      }
    } else {
      for (int i = 0; i < count; i++) {
        System.arraycopy(from, which[i] * width, to, at + i * width, width);
      }
    }
  }

  @Override
  void readTexts(int count, RawColumn to, int start, int[] ends) {
    int[] which = numbers(count);
    int[] offsets = words.offsets();
    byte[] from = words.bytes();
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += offsets[which[i] + 1] - offsets[which[i]];
    }
    byte[] values = to.reserve(start + bytes + SHORT_BYTES);
    int end = start;
    for (int i = 0; i < count; i++) {
      int at = offsets[which[i]];
      int length = offsets[which[i] + 1] - at;
      if (length <= SHORT_BYTES) {
        Words.copyShort(from, at, values, end);
      } else {
        System.arraycopy(from, at, values, end, length);
      }
      end += length;
      ends[i] = end;
    }
  }
}
