package dev.mlstack.parquet;

import dev.mlstack.data.columnar.RawColumn;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/** Gives the values of a page that are there, one after the other. */
abstract class Values {

  /** Of a page without values. */
  static final Values NONE = new Values() {};

  /**
   * Returns the values of a page.
   *
   * @param data where they stand; is read while values are given
   * @param most how many there are at most
   */
  static Values of(
      Leaf leaf, Encoding encoding, ByteRange data, int most, @Nullable Words dictionary) {
    int width = leaf.physicalWidth();
    return switch (encoding) {
      case PLAIN -> {
        if (leaf.physical() == Type.BOOLEAN) {
          yield new BooleanValues.Plain(data);
        }
        yield width < 0 ? new PlainTexts(data) : new PlainNumbers(data, width);
      }
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        if (dictionary == null) {
          throw new IllegalArgumentException("a page refers to a dictionary that is missing");
        }
        yield new DictionaryValues(dictionary, data, width);
      }
      case RLE -> {
        requireType(encoding, leaf, leaf.physical() == Type.BOOLEAN);
        yield new BooleanValues.InRuns(data);
      }
      case DELTA_BINARY_PACKED -> {
        requireType(encoding, leaf, leaf.physical() == Type.INT32 || leaf.physical() == Type.INT64);
        yield new DeltaNumbers(new Deltas(data), width);
      }
      case DELTA_LENGTH_BYTE_ARRAY -> {
        requireType(encoding, leaf, width < 0);
        yield new DeltaTexts(data, most);
      }
      case DELTA_BYTE_ARRAY -> {
        requireType(encoding, leaf, leaf.physical() != Type.BOOLEAN);
        yield new PrefixedTexts(data, most);
      }
      case BYTE_STREAM_SPLIT -> {
        requireType(encoding, leaf, width > 0 && leaf.physical() != Type.BOOLEAN);
        yield new SplitNumbers(data, width);
      }
      default ->
          throw new IllegalArgumentException(
              "values are encoded as " + encoding + ", unknown here");
    };
  }

  private static void requireType(Encoding encoding, Leaf leaf, boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException(leaf.physical() + " is encoded as " + encoding);
    }
  }

  /** Reads values of a fixed width into bytes; {@code at} is the index of the first. */
  void read(int count, byte[] to, int at) {
    throw wrong();
  }

  /**
   * Reads values of any length behind those that a column has.
   *
   * @param end where the first begins
   * @param ends gets where each ends, from index 0 on
   */
  void readTexts(int count, RawColumn to, int end, int[] ends) {
    throw wrong();
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("values are of another type than their column");
  }
}
