package dev.mlstack.core.table;

import dev.mlstack.core.json.Json;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import java.nio.BufferUnderflowException;
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

  /** Returns the canonical bytes of a table. */
  public static byte[] encode(Table table) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(table.schema().toValue().canonicalJson().getBytes(StandardCharsets.UTF_8));
    parts.add(encodeRowIds(table));
    for (int i = 0; i < table.schema().size(); i++) {
      parts.add(ColumnCodec.encode(table.column(i)));
    }
    int size = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    parts.forEach(part -> bytes.putInt(part.length).put(part));
    return bytes.array();
  }

  /** Returns the canonical bytes of the identities of all rows of a table. */
  public static byte[] encodeRowIds(Table table) {
    long[] ids = new long[table.rows()];
    java.util.Arrays.setAll(ids, table::rowId);
    return ColumnCodec.encode(new HeapColumns.Longs(ROW_IDS, ids.length, new BitSet(), ids));
  }

  /** Returns the identities of rows from their canonical bytes. */
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
    try {
      String json = new String(part(buffer), StandardCharsets.UTF_8);
      Schema schema = Schema.fromValue(Json.parse(json));
      long[] rowIds = decodeRowIds(part(buffer));
      List<ColumnData> columns = new ArrayList<>();
      for (Field field : schema.fields()) {
        columns.add(new EncodedColumn(field, part(buffer)).toColumn());
      }
      return new MemoryTable(schema, rowIds, columns);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("the bytes of the table are cut short", e);
    }
  }

  private static byte[] part(ByteBuffer buffer) {
    int length = buffer.getInt();
    if (length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] part = new byte[length];
    buffer.get(part);
    return part;
  }
}
