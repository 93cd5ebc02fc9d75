package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.FileColumn;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/** Our fields as those of Arrow. The dictionary of a category has the index of its field. */
final class ArrowFields {

  private ArrowFields() {}

  static org.apache.arrow.vector.types.pojo.Schema schema(Schema schema) {
    List<org.apache.arrow.vector.types.pojo.Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      fields.add(field(schema.field(i), i));
    }
    return new org.apache.arrow.vector.types.pojo.Schema(fields);
  }

  private static org.apache.arrow.vector.types.pojo.Field field(Field field, int index) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(FileColumn.METADATA, field.toValue().canonicalJson());
    List<org.apache.arrow.vector.types.pojo.Field> children = List.of();
    if (field.type() instanceof FieldType.Tensor tensor) {
      metadata.put("ARROW:extension:name", "arrow.fixed_shape_tensor");
      metadata.put(
          "ARROW:extension:metadata",
          Value.doc().put("shape", Value.ofWholes(tensor.shape())).build().canonicalJson());
      children = List.of(item());
    }
    DictionaryEncoding dictionary =
        field.type() instanceof FieldType.Category
            ? new DictionaryEncoding(
                index, /* ordered= */ false, new ArrowType.Int(Integer.SIZE, /* isSigned= */ true))
            : null;
    return new org.apache.arrow.vector.types.pojo.Field(
        field.name(),
        new org.apache.arrow.vector.types.pojo.FieldType(
            field.nullable(), type(field.type()), dictionary, metadata),
        children);
  }

  private static org.apache.arrow.vector.types.pojo.Field item() {
    return org.apache.arrow.vector.types.pojo.Field.notNullable(
        "item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
  }

  private static ArrowType type(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return new ArrowType.Bool();
    } else if (type instanceof FieldType.Int whole) {
      return new ArrowType.Int(whole.bits(), /* isSigned= */ true);
    } else if (type instanceof FieldType.Real real) {
      return new ArrowType.FloatingPoint(
          real.bits() == Float.SIZE
              ? FloatingPointPrecision.SINGLE
              : FloatingPointPrecision.DOUBLE);
    } else if (type instanceof FieldType.Date) {
      return new ArrowType.Date(DateUnit.DAY);
    } else if (type instanceof FieldType.Timestamp timestamp) {
      return new ArrowType.Timestamp(TimeUnit.MICROSECOND, timestamp.utc() ? "UTC" : null);
    } else if (type instanceof FieldType.Tensor tensor) {
      return new ArrowType.FixedSizeList(tensor.size());
    }
    return new ArrowType.Utf8();
  }
}
