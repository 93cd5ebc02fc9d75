package dev.mlstack.core.table;

import dev.mlstack.core.json.Json;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The canonical bytes of a whole table: the schema as canonical JSON, the identities of the rows as
 * a column of 64-bit numbers, and the columns in the order of the schema. Each of these is preceded
 * by its length in 4 bytes, little-endian.
 */
public final class TableCodec {

  private static final Field ROW_IDS = Field.of("row id", FieldType.INT64).required();

  private TableCodec() {}

  /**
   * Returns the canonical bytes of a table.
   *
   * @throws IllegalArgumentException if a column has none, or all do not fit into one array
   */
  public static byte[] encode(Table table) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(table.schema().toValue().canonicalJson().getBytes(StandardCharsets.UTF_8));
    parts.add(encodeRowIds(table));
    for (int i = 0; i < table.schema().size(); i++) {
      parts.add(ColumnCodec.encode(table.column(i)));
    }
    long size = parts.stream().mapToLong(part -> Integer.BYTES + part.length).sum();
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the table takes " + size + " bytes, too many for one array; cut it into several");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    parts.forEach(part -> bytes.putInt(part.length).put(part));
    return bytes.array();
  }

  /** Returns the canonical bytes of the identities of all rows of a table. */
  public static byte[] encodeRowIds(Table table) {
    long[] ids = new long[table.rows()];
    java.util.Arrays.setAll(ids, table::rowId);
    return ColumnCodec.encode(new HeapColumns.Longs(ROW_IDS, ids.length, new BitSet(), ids));
  }

  /**
   * Returns the identities of rows from their canonical bytes.
   *
   * @throws IllegalArgumentException if they are not such bytes
   */
  public static long[] decodeRowIds(byte[] bytes) {
    LongColumn column = (LongColumn) new EncodedColumn(ROW_IDS, bytes).toColumn();
    long[] ids = new long[column.rows()];
    column.read(0, ids.length, ids, 0);
    return ids;
  }

  /**
   * Returns the table with the given canonical bytes.
   *
   * @throws IllegalArgumentException if they are not the bytes of a table
   */
  public static MemoryTable decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Schema schema = schema(part(buffer));
    long[] rowIds = decodeRowIds(part(buffer));
    List<ColumnData> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      ColumnData column = new EncodedColumn(field, part(buffer)).toColumn();
      if (column.rows() != rowIds.length) {
        throw new IllegalArgumentException(
            "the bytes of the table are damaged: column '"
                + field.name()
                + "' has "
                + column.rows()
                + " rows but there are "
                + rowIds.length);
      }
      columns.add(column);
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          "the bytes of the table are damaged: something follows the last column");
    }
    return new MemoryTable(schema, rowIds, columns);
  }

  private static Schema schema(byte[] json) {
    try {
      return Schema.fromValue(Json.parse(new String(json, StandardCharsets.UTF_8)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a number in the schema is out of range", e);
    }
  }

  private static byte[] part(ByteBuffer buffer) {
    int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("the bytes of the table are cut short");
    }
    byte[] part = new byte[length];
    buffer.get(part);
    return part;
  }
}
