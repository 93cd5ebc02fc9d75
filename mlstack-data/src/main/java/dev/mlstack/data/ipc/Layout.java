package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.ColumnType;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where the values of a column stand in a record batch.
 *
 * @param type the type of the values
 * @param form how they stand
 * @param around the validities of the structs and the sizes of the lists around them, from the
 *     outside to the inside
 * @param node the number of the field node
 * @param buffer the first buffer
 * @param buffers how many buffers there are, apart from those of views
 * @param dictionary the dictionary that the values are indexes into, which then stand as {@code
 *     index}
 * @param index the type of the indexes; otherwise that of the values
 */
record Layout(
    ColumnType type,
    Form form,
    List<Level> around,
    int node,
    Place buffer,
    int buffers,
    OptionalLong dictionary,
    ColumnType index) {

  /** How values stand. */
  enum Form {
    /** Not at all. */
    NOTHING,
    /** A bit each. */
    BITS,
    /** One behind the other. */
    FIXED,
    /** With offsets of 32 bits. */
    OFFSETS,
    /** With offsets of 64 bits. */
    LARGE_OFFSETS,
    /** As views: 16 bytes each, with the bytes of longer ones in other buffers. */
    VIEWS
  }

  /** What kind of thing is around a column. */
  enum Around {
    /** A struct. */
    STRUCT,
    /** A list of one size. */
    FIXED_LIST,
    /** A list with offsets of 32 bits. */
    LIST,
    /** A list with offsets of 64 bits. */
    LARGE_LIST
  }

  /**
   * A thing around a column.
   *
   * @param what what it is
   * @param buffer its validity; that of a list is followed by its offsets
   * @param size of a list of one size, the size
   */
  record Level(Around what, Place buffer, int size) {}

  /**
   * The number of a buffer, which depends on how many buffers the views before it have.
   *
   * @param number the number, if no view had any
   * @param views how many columns of views stand before it
   */
  record Place(int number, int views) {
    Place plus(int more) {
      return new Place(number + more, views);
    }
  }
}
