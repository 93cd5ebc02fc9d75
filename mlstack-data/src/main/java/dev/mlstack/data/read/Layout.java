package dev.mlstack.data.read;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import java.util.List;

/**
 * Which fields of a file make which columns.
 *
 * @param header the fields of the file
 * @param schema the columns
 * @param sources for each column, the indexes of the fields that it is made of
 */
record Layout(Header header, Schema schema, List<int[]> sources) {

  static Layout of(Header header, List<Field> fields, List<int[]> sources) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean tensor = field.type() instanceof FieldType.Tensor;
      int needed = tensor ? ((FieldType.Tensor) field.type()).size() : 1;
      int found = sources.get(i).length;
      if (needed != found) {
        throw new DataException(
            String.format(
                "%s has %d columns for column '%s', which as a %s needs %d",
                header.source(), found, field.name(), field.type(), needed));
      }
    }
    return new Layout(header, Schema.of(fields), List.copyOf(sources));
  }
}
