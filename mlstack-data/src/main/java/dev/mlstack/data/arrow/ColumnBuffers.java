package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * The values of a column, laid out in arrays of the heap like the buffers of the vectors of an
 * {@link ArrowTable}. The arrays may be longer than they need to be.
 *
 * @param nulls how many values are missing
 * @param validity a bit for each row, the least significant first, 1 if it has a value; not looked
 *     at if nothing is missing
 * @param values bits of a bool, bytes of all texts, codes of a category in 32 bits, numbers of
 *     their width otherwise, little-endian; 0 where a value is missing
 * @param offsets where texts begin and where the last one ends, in 32 bits each; otherwise nothing
 */
public record ColumnBuffers(int nulls, byte[] validity, byte[] values, byte[] offsets) {

  private static final byte[] NO_OFFSETS = {};

  /** Returns the buffers of a column that has no texts. */
  public static ColumnBuffers of(int nulls, byte[] validity, byte[] values) {
    return new ColumnBuffers(nulls, validity, values, NO_OFFSETS);
  }

  /** Returns how many bytes the values of some rows take. */
  public long bytes(Field field, int rows) {
    return field.type() instanceof FieldType.Text
        ? textBytes(rows) + (long) rows * Integer.BYTES
        : fixedBytes(field.type(), rows);
  }

  private int textBytes(int rows) {
    return (int) Bytes.whole(offsets, rows * Integer.BYTES, Integer.BYTES);
  }

  private static int fixedBytes(FieldType type, int rows) {
    if (type instanceof FieldType.Bool) {
      return (rows + 7) / 8;
    } else if (type instanceof FieldType.Category) {
      return rows * Integer.BYTES;
    } else if (type instanceof FieldType.Tensor tensor) {
      return Math.multiplyExact(rows, Math.multiplyExact(tensor.size(), Float.BYTES));
    }
    return Math.multiplyExact(rows, Widths.of(type));
  }

  /** Returns a vector with copies. The caller closes it. */
  FieldVector toVector(Field field, int rows, BufferAllocator allocator) {
    Slice bits = nulls == 0 ? Slice.EMPTY : new Slice(validity, 0, (rows + 7) / 8);
    if (field.type() instanceof FieldType.Text) {
      Slice starts = new Slice(offsets, 0, (rows + 1) * Integer.BYTES);
      Slice data = new Slice(values, 0, textBytes(rows));
      return Vectors.create(field, rows, nulls, bits, allocator, starts, data);
    }
    Slice data = new Slice(values, 0, fixedBytes(field.type(), rows));
    return Vectors.create(field, rows, nulls, bits, allocator, data);
  }
}
