package dev.mlstack.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.table.ColumnCodec;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** A row that was begun but not ended is not in the table, nor in any of its bits. */
class UnfinishedRowTest {

  private static final Schema SCHEMA = Schema.of(Field.of("a", FieldType.INT64));

  @Test
  void build_rowBegunButNotEnded_leavesNoTrace() {
    ArrowTableBuilder builder = new ArrowTableBuilder(SCHEMA);
    LongColumnBuilder column = (LongColumnBuilder) builder.column(0);
    column.setNull();
    builder.endRow(1);
    column.set(5);
    builder.endRow(2);
    column.set(7);
    MemoryTable expected =
        MemoryTable.builder(SCHEMA).add(1, new Object[] {null}).add(2, 5L).build();
    assertThat(builder.encodeColumn(0)).isEqualTo(ColumnCodec.encode(expected.column(0)));
    try (RootAllocator allocator = new RootAllocator();
        ArrowTable table = builder.build(allocator)) {
      assertThat(table.column(0).hasNulls()).isTrue();
      assertThat(table.column(0).isNull(0)).isTrue();
      assertThat(ColumnCodec.encode(table.column(0)))
          .isEqualTo(ColumnCodec.encode(expected.column(0)));
    }
  }
}
