package dev.mlstack.parquet;

import dev.mlstack.data.columnar.ColumnType;
import org.apache.parquet.format.Type;

/**
 * A column of a file.
 *
 * @param name the names of all around it and its own, with points between them
 * @param type the type of its values
 * @param physical how they stand in the file
 * @param length how many bytes a value of a fixed length has
 * @param maxDefinition the definition level of a value that is there
 * @param maxRepetition the greatest repetition level; 0 for a column without lists
 * @param listDefinition the definition level from which on a list has an item
 */
record Leaf(
    String name,
    ColumnType type,
    Type physical,
    int length,
    int maxDefinition,
    int maxRepetition,
    int listDefinition) {

  /** Returns how many bytes a value takes as it stands in the file; -1 if that depends on it. */
  int physicalWidth() {
    return switch (physical) {
      case BOOLEAN -> 1;
      case INT32, FLOAT -> Integer.BYTES;
      case INT64, DOUBLE -> Long.BYTES;
      case INT96 -> Integer.BYTES + Long.BYTES;
      case FIXED_LEN_BYTE_ARRAY -> length;
      case BYTE_ARRAY -> -1;
    };
  }
}
