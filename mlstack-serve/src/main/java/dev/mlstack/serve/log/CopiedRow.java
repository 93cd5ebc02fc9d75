package dev.mlstack.serve.log;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.log.RowCopier.Form;
import dev.mlstack.table.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row that {@link RowCopier} has made. */
final class CopiedRow implements Row {

  private final RowCopier copier;

  /** The bits of reals, and whole numbers. */
  private final long[] numbers;

  /** Texts, tensors, and what marks missing numbers; empty if there are none of these. */
  private final @Nullable Object[] objects;

  private final int bytes;

  CopiedRow(RowCopier copier, long[] numbers, @Nullable Object[] objects, int bytes) {
    this.copier = copier;
    this.numbers = numbers;
    this.objects = objects;
    this.bytes = bytes;
  }

  /** Returns about how many bytes its values take. */
  int bytes() {
    return bytes;
  }

  @Override
  public Schema schema() {
    return copier.schema();
  }

  @Override
  public boolean isNull(int field) {
    return switch (copier.form(field)) {
      case TEXT, TENSOR -> objects[field] == null;
      default -> objects.length > 0 && objects[field] == RowCopier.MISSING;
    };
  }

  @Override
  public double number(int field) {
    return switch (copier.form(field)) {
      case REAL, NARROW_REAL -> Double.longBitsToDouble(numbers[field]);
      case WHOLE -> isNull(field) ? Double.NaN : numbers[field];
      default -> throw wrong(field, "a number");
    };
  }

  @Override
  public long integer(int field) {
    if (copier.form(field) != Form.WHOLE) {
      throw wrong(field, "a whole number");
    }
    return isNull(field) ? 0 : numbers[field];
  }

  @Override
  public @Nullable String text(int field) {
    if (copier.form(field) != Form.TEXT) {
      throw wrong(field, "text");
    }
    return (String) objects[field];
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    if (!(schema().field(field).type() instanceof FieldType.Tensor type)) {
      throw wrong(field, "a tensor");
    }
    float[] tensor = (float[]) objects[field];
    if (tensor == null) {
      Arrays.fill(to, at, at + type.size(), Float.NaN);
    } else {
      System.arraycopy(tensor, 0, to, at, tensor.length);
    }
  }

  private IllegalArgumentException wrong(int field, String as) {
    Field wrong = schema().field(field);
    return new IllegalArgumentException(
        "column '" + wrong.name() + "' of type " + wrong.type() + " cannot be read as " + as);
  }
}
