package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class RowBytesTest {

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  private static byte[] bytes(Table table, int row, int... fields) {
    RowBytes bytes = new RowBytes(table, fields).write(row);
    return Arrays.copyOf(bytes.bytes(), bytes.length());
  }

  private static byte[] bytesOf(FieldType type, Object value) {
    Schema schema = Schema.of(Field.of("x", type));
    return bytes(MemoryTable.builder(schema).add(1, value).build(), 0, 0);
  }

  private static ByteBuffer tagged(int tag, int size) {
    return ByteBuffer.allocate(1 + size).order(ByteOrder.LITTLE_ENDIAN).put((byte) tag);
  }

  @Test
  void write_isAsDocumented() {
    Schema schema =
        Schema.of(
            Field.of("n", FieldType.INT32),
            Field.of("r", FieldType.FLOAT64),
            Field.of("t", FieldType.TEXT),
            Field.of("f", FieldType.tensor(2)),
            Field.of("m", FieldType.TEXT));
    MemoryTable table =
        MemoryTable.builder(schema).add(1, -2, 0.5, "é!", new float[] {1, -0.0f}, null).build();
    byte[] utf8 = "é!".getBytes(StandardCharsets.UTF_8);
    ByteBuffer expected = ByteBuffer.allocate(9 + 9 + 8 + 13 + 1).order(ByteOrder.LITTLE_ENDIAN);
    expected.put((byte) 1).putLong(-2);
    expected.put((byte) 2).putDouble(0.5);
    expected.put((byte) 3).putInt(3).put(utf8);
    expected.put((byte) 4).putInt(2).putFloat(1).putFloat(0);
    expected.put((byte) 0);
    assertThat(bytes(table, 0, 0, 1, 2, 3, 4)).isEqualTo(expected.array());
    assertThat(bytes(table, 0, 4, 0)).isEqualTo(new byte[] {0, 1, -2, -1, -1, -1, -1, -1, -1, -1});
  }

  @Test
  void write_widthAndOrderOfValues_makeNoDifference() {
    byte[] five = tagged(1, 8).putLong(5).array();
    for (FieldType type :
        List.of(new FieldType.Int(8), new FieldType.Int(16), FieldType.INT32, FieldType.INT64)) {
      assertThat(bytesOf(type, 5)).isEqualTo(five);
    }
    assertThat(bytesOf(FieldType.FLOAT32, 0.5f)).isEqualTo(bytesOf(FieldType.FLOAT64, 0.5));
    byte[] text = bytesOf(FieldType.TEXT, "b");
    assertThat(bytesOf(FieldType.category(List.of("a", "b")), "b")).isEqualTo(text);
    assertThat(bytesOf(FieldType.category(List.of("b", "c")), "b")).isEqualTo(text);
  }

  @Test
  void write_equalNumbers_haveEqualBytes() {
    assertThat(bytesOf(FieldType.FLOAT64, -0.0)).isEqualTo(bytesOf(FieldType.FLOAT64, 0.0));
    assertThat(bytesOf(FieldType.FLOAT64, Double.longBitsToDouble(0xfff8_0000_0000_0001L)))
        .isEqualTo(bytesOf(FieldType.FLOAT64, Double.NaN));
  }

  /** The border between two values is part of the bytes. */
  @Test
  void write_differentRows_haveDifferentBytes() {
    Schema schema = Schema.of(Field.of("a", FieldType.TEXT), Field.of("b", FieldType.TEXT));
    MemoryTable table =
        MemoryTable.builder(schema)
            .add(1, "ab", "c")
            .add(2, "a", "bc")
            .add(3, "", "abc")
            .add(4, null, "abc")
            .add(5, "abc", null)
            .add(6, "abc", "")
            .build();
    List<String> seen =
        IntStream.range(0, table.rows())
            .mapToObj(row -> Arrays.toString(bytes(table, row, 0, 1)))
            .toList();
    assertThat(seen).doesNotHaveDuplicates();
  }

  /** Arrow tables are read in blocks, in any order. */
  @Test
  void write_arrowAndHeapTables_giveTheSame() {
    Schema schema = RandomTables.schema();
    MemoryTable table = RandomTables.table(schema, 2500, 0.2, random);
    int[] fields = IntStream.range(0, schema.size()).toArray();
    ArrowTableBuilder builder = new ArrowTableBuilder(schema);
    builder.append(table, 0, table.rows(), new long[table.rows()], 0);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowTable arrow = builder.build(allocator)) {
      RowBytes fromArrow = new RowBytes(arrow, fields);
      RowBytes fromHeap = new RowBytes(table, fields);
      for (int i = 0; i < 5000; i++) {
        int row = i < 2500 ? i : random.nextInt(2500);
        fromArrow.write(row);
        fromHeap.write(row);
        assertThat(Arrays.copyOf(fromArrow.bytes(), fromArrow.length()))
            .as("row %d, seed %d", row, seed)
            .isEqualTo(Arrays.copyOf(fromHeap.bytes(), fromHeap.length()));
        assertThat(fromArrow.hash(3)).isEqualTo(fromHeap.hash(3));
      }
    }
  }
}
