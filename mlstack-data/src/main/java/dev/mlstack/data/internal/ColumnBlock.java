package dev.mlstack.data.internal;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.nio.charset.StandardCharsets;

/** Some rows of a column, read in bulk, to be written one by one into the bytes of their rows. */
abstract class ColumnBlock {

  private final ColumnData column;
  private int from;

  ColumnBlock(ColumnData column) {
    this.column = column;
  }

  static ColumnBlock of(ColumnData column) {
    if (column instanceof LongColumn longs) {
      return new Longs(longs);
    } else if (column instanceof DoubleColumn doubles) {
      return new Doubles(doubles);
    } else if (column instanceof TextColumn texts) {
      return new Texts(texts);
    } else if (column instanceof CategoryColumn categories) {
      return new Categories(categories);
    }
    return new Tensors((TensorColumn) column);
  }

  /** Reads rows. */
  final void load(int newFrom, int count) {
    from = newFrom;
    read(newFrom, count);
  }

  /** Writes the value of a row. */
  final void write(int index, RowBytes to) {
    if (column.hasNulls() && column.isNull(from + index)) {
      to.putMissing();
    } else {
      put(index, from + index, to);
    }
  }

  abstract void read(int start, int count);

  /**
   * Writes a value that is not missing.
   *
   * @param index the index in the block
   * @param row the index in the table
   */
  abstract void put(int index, int row, RowBytes to);

  private static final class Longs extends ColumnBlock {
    private final LongColumn column;
    private long[] values = {};

    Longs(LongColumn column) {
      super(column);
      this.column = column;
    }

    @Override
    void read(int start, int count) {
      values = values.length < count ? new long[count] : values;
      column.read(start, count, values, 0);
    }

    @Override
    void put(int index, int row, RowBytes to) {
      to.putWhole(values[index]);
    }
  }

  private static final class Doubles extends ColumnBlock {
    private final DoubleColumn column;
    private double[] values = {};

    Doubles(DoubleColumn column) {
      super(column);
      this.column = column;
    }

    @Override
    void read(int start, int count) {
      values = values.length < count ? new double[count] : values;
      column.read(start, count, values, 0);
    }

    @Override
    void put(int index, int row, RowBytes to) {
      to.putReal(values[index]);
    }
  }

  private static final class Texts extends ColumnBlock {
    private final TextColumn column;
    private final Utf8Block texts = new Utf8Block();

    Texts(TextColumn column) {
      super(column);
      this.column = column;
    }

    @Override
    void read(int start, int count) {
      column.read(start, count, texts);
    }

    @Override
    void put(int index, int row, RowBytes to) {
      to.putText(texts.bytes(), texts.start(index), texts.length(index));
    }
  }

  private static final class Categories extends ColumnBlock {
    private final CategoryColumn column;
    private final byte[][] texts;
    private int[] codes = {};

    Categories(CategoryColumn column) {
      super(column);
      this.column = column;
      this.texts =
          column.values().stream()
              .map(text -> text.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
    }

    @Override
    void read(int start, int count) {
      codes = codes.length < count ? new int[count] : codes;
      column.read(start, count, codes, 0);
    }

    @Override
    void put(int index, int row, RowBytes to) {
      byte[] text = texts[codes[index]];
      to.putText(text, 0, text.length);
    }
  }

  private static final class Tensors extends ColumnBlock {
    private final TensorColumn column;
    private final float[] numbers;

    Tensors(TensorColumn column) {
      super(column);
      this.column = column;
      this.numbers = new float[((FieldType.Tensor) column.field().type()).size()];
    }

    @Override
    void read(int start, int count) {}

    @Override
    void put(int index, int row, RowBytes to) {
      column.read(row, numbers, 0);
      to.putTensor(numbers);
    }
  }
}
