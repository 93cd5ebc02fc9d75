package dev.mlstack.parquet;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/** Our schemas as those of Parquet. */
final class SchemaElements {

  private SchemaElements() {}

  static List<SchemaElement> of(Schema schema) {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(new SchemaElement("schema").setNum_children(schema.size()));
    for (Field field : schema.fields()) {
      FieldRepetitionType repetition =
          field.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED;
      if (field.type() instanceof FieldType.Tensor) {
        elements.add(
            new SchemaElement(field.name())
                .setRepetition_type(repetition)
                .setNum_children(1)
                .setConverted_type(ConvertedType.LIST)
                .setLogicalType(LogicalType.LIST(new ListType())));
        elements.add(
            new SchemaElement("list")
                .setRepetition_type(FieldRepetitionType.REPEATED)
                .setNum_children(1));
        elements.add(
            new SchemaElement("element")
                .setRepetition_type(FieldRepetitionType.REQUIRED)
                .setType(Type.FLOAT));
      } else {
        SchemaElement element = new SchemaElement(field.name()).setRepetition_type(repetition);
        elements.add(withLogical(element.setType(physical(field.type())), field.type()));
      }
    }
    return elements;
  }

  /** Returns the names from the root to a column. */
  static List<String> path(Field field) {
    return field.type() instanceof FieldType.Tensor
        ? List.of(field.name(), "list", "element")
        : List.of(field.name());
  }

  static Type physical(FieldType type) {
    if (type instanceof FieldType.Bool) {
      return Type.BOOLEAN;
    } else if (type instanceof FieldType.Int whole) {
      return whole.bits() == Long.SIZE ? Type.INT64 : Type.INT32;
    } else if (type instanceof FieldType.Real real) {
      return real.bits() == Float.SIZE ? Type.FLOAT : Type.DOUBLE;
    } else if (type instanceof FieldType.Date) {
      return Type.INT32;
    } else if (type instanceof FieldType.Timestamp) {
      return Type.INT64;
    }
    return type instanceof FieldType.Tensor ? Type.FLOAT : Type.BYTE_ARRAY;
  }

  private static SchemaElement withLogical(SchemaElement element, FieldType type) {
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return element
          .setConverted_type(ConvertedType.UTF8)
          .setLogicalType(LogicalType.STRING(new StringType()));
    } else if (type instanceof FieldType.Int whole && whole.bits() < Integer.SIZE) {
      return element
          .setConverted_type(whole.bits() == Byte.SIZE ? ConvertedType.INT_8 : ConvertedType.INT_16)
          .setLogicalType(
              LogicalType.INTEGER(new IntType((byte) whole.bits(), /* isSigned= */ true)));
    } else if (type instanceof FieldType.Date) {
      return element
          .setConverted_type(ConvertedType.DATE)
          .setLogicalType(LogicalType.DATE(new DateType()));
    } else if (type instanceof FieldType.Timestamp timestamp) {
      if (timestamp.utc()) {
        // The old type is of instants only.
        element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
      }
      TimeUnit micros = TimeUnit.MICROS(new MicroSeconds());
      return element.setLogicalType(
          LogicalType.TIMESTAMP(new TimestampType(timestamp.utc(), micros)));
    }
    return element;
  }
}
