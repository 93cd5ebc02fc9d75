package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import dev.mlstack.schema.FieldType;

/** A column without any value, as any type. */
final class NothingConversion extends Conversion {

  private final FieldType type;

  NothingConversion(FieldType type) {
    this.type = type;
  }

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    int width = type instanceof FieldType.Tensor tensor ? 4 * tensor.size() : Long.BYTES;
    byte[] zeros = output(raw, Math.max(width, Long.BYTES));
    return type instanceof FieldType.Text
        ? new ColumnBuffers(raw.rows(), raw.validity(), zeros, new byte[4 * raw.rows() + 4])
        : buffers(raw, zeros);
  }
}
