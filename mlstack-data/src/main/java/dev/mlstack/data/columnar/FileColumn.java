package dev.mlstack.data.columnar;

import dev.mlstack.schema.Field;
import java.util.Optional;

/**
 * A column of a file.
 *
 * @param name its name; that of a column inside of a struct has the names of all around it, with
 *     points between them
 * @param type the type of its values
 * @param field what it was when we wrote the file, if the file says so
 */
public record FileColumn(String name, ColumnType type, Optional<Field> field) {

  /** The metadata in which our field stands as canonical JSON. */
  public static final String METADATA = "mlstack.field";
}
