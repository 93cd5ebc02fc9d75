package dev.mlstack.data.arrow;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Makes vectors of bytes that are laid out as Arrow wants them. */
final class Vectors {

  private static final String METADATA = "mlstack.field";

  private Vectors() {}

  /**
   * Returns a vector. The caller closes it.
   *
   * @param field what it holds
   * @param rows how many values
   * @param nulls how many of them are missing
   * @param validity a bit for each row, 1 if it has a value; not looked at if nothing is missing
   * @param values the buffers behind the validity; those of a tensor are the numbers
   */
  static FieldVector create(
      Field field,
      int rows,
      int nulls,
      Slice validity,
      BufferAllocator allocator,
      Slice... values) {
    FieldVector vector = arrowField(field).createVector(allocator);
    try {
      if (vector instanceof FixedSizeListVector list) {
        load(list, rows, nulls, validity, allocator);
        int numbers = rows * list.getListSize();
        load(list.getDataVector(), numbers, 0, Slice.EMPTY, allocator, values);
      } else {
        load(vector, rows, nulls, validity, allocator, values);
      }
      return vector;
    } catch (RuntimeException e) {
      // Most likely the allocator has reached its limit.
      vector.close();
      throw e;
    }
  }

  private static void load(
      FieldVector vector,
      int rows,
      int nulls,
      Slice validity,
      BufferAllocator allocator,
      Slice... values) {
    ArrowBuf[] buffers = new ArrowBuf[values.length + 1];
    try {
      // Where nothing is missing, the vector makes its validity itself.
      buffers[0] = (nulls == 0 ? Slice.EMPTY : validity).toBuffer(allocator);
      for (int i = 0; i < values.length; i++) {
        buffers[i + 1] = values[i].toBuffer(allocator);
      }
      vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls), List.of(buffers));
    } finally {
      for (ArrowBuf buffer : buffers) {
        if (buffer != null) {
          buffer.close();
        }
      }
    }
  }

  /** Returns the field of Arrow; ours stands in its metadata as canonical JSON. */
  static org.apache.arrow.vector.types.pojo.Field arrowField(Field field) {
    Map<String, String> metadata = Map.of(METADATA, field.toValue().canonicalJson());
    List<org.apache.arrow.vector.types.pojo.Field> children =
        field.type() instanceof FieldType.Tensor ? List.of(item()) : List.of();
    return new org.apache.arrow.vector.types.pojo.Field(
        field.name(),
        new org.apache.arrow.vector.types.pojo.FieldType(
            field.nullable(), arrowType(field.type()), null, metadata),
        children);
  }

  private static org.apache.arrow.vector.types.pojo.Field item() {
    return org.apache.arrow.vector.types.pojo.Field.notNullable(
        "item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
  }

  private static ArrowType arrowType(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return new ArrowType.Bool();
    } else if (type instanceof FieldType.Int integer) {
      return new ArrowType.Int(integer.bits(), /* isSigned= */ true);
    } else if (type instanceof FieldType.Real real) {
      return new ArrowType.FloatingPoint(
          real.bits() == Float.SIZE
              ? FloatingPointPrecision.SINGLE
              : FloatingPointPrecision.DOUBLE);
    } else if (type instanceof FieldType.Text) {
      return new ArrowType.Utf8();
    } else if (type instanceof FieldType.Category) {
      return new ArrowType.Int(Integer.SIZE, /* isSigned= */ true);
    } else if (type instanceof FieldType.Date) {
      return new ArrowType.Date(DateUnit.DAY);
    } else if (type instanceof FieldType.Timestamp timestamp) {
      return new ArrowType.Timestamp(TimeUnit.MICROSECOND, timestamp.utc() ? "UTC" : null);
    }
    return new ArrowType.FixedSizeList(((FieldType.Tensor) type).size());
  }
}
