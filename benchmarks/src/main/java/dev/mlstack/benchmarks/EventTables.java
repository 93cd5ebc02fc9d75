package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.RandomStream;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.data.arrow.CategoryColumnBuilder;
import dev.mlstack.data.arrow.DoubleColumnBuilder;
import dev.mlstack.data.arrow.LongColumnBuilder;
import dev.mlstack.data.arrow.TextColumnBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Events of 20 columns, in memory: a key, 8 doubles, 5 longs, 2 ints, 2 texts, a category and a
 * time. Every value is a function of its row, so parts can be made again with changes.
 *
 * <p>Owns its tables.
 */
final class EventTables implements Source, AutoCloseable {

  /** The columns. */
  static final Schema SCHEMA = columns();

  private static final int TABLE_ROWS = 1 << 16;
  private static final int DOUBLES = 8;
  private static final int LONGS = 5;
  private static final int INTS = 2;

  private final List<ArrowTable> tables = new ArrayList<>();

  /**
   * Makes rows.
   *
   * @param changed the rows whose first double is another
   * @param wide the rows in which all columns but the key are others
   */
  EventTables(
      BufferAllocator allocator, long from, long to, LongPredicate changed, LongPredicate wide) {
    ArrowTableBuilder builder = new ArrowTableBuilder(SCHEMA);
    for (long row = from; row < to; row++) {
      set(builder, row, changed.test(row), wide.test(row) ? 1 : 0);
      builder.endRow(row);
      if (builder.rows() == TABLE_ROWS || row == to - 1) {
        tables.add(builder.build(allocator));
      }
    }
  }

  private static Schema columns() {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("id", FieldType.INT64).withRole(Role.KEY));
    for (int i = 0; i < DOUBLES; i++) {
      fields.add(Field.of("d" + i, FieldType.FLOAT64));
    }
    for (int i = 0; i < LONGS; i++) {
      fields.add(Field.of("l" + i, FieldType.INT64));
    }
    for (int i = 0; i < INTS; i++) {
      fields.add(Field.of("i" + i, FieldType.INT32));
    }
    fields.add(Field.of("city", FieldType.TEXT));
    fields.add(Field.of("note", FieldType.TEXT));
    fields.add(Field.of("kind", FieldType.category(List.of("buy", "look", "sell"))));
    fields.add(Field.of("time", FieldType.INSTANT));
    return Schema.of(fields);
  }

  private static void set(ArrowTableBuilder builder, long row, boolean changed, long version) {
    long bits = row * 0x9E3779B97F4A7C15L + version;
    LongUnaryOperator draw = i -> RandomStream.of(bits, "events").bits(i);
    int column = 0;
    ((LongColumnBuilder) builder.column(column++)).set(row);
    for (int i = 0; i < DOUBLES; i++) {
      double value = (draw.applyAsLong(column) >>> 11) * 0x1.0p-53;
      ((DoubleColumnBuilder) builder.column(column++)).set(changed && i == 0 ? -value : value);
    }
    for (int i = 0; i < LONGS + INTS; i++) {
      ((LongColumnBuilder) builder.column(column)).set(draw.applyAsLong(column) & 0xFFFFFF);
      column++;
    }
    byte[] city = ("city" + (draw.applyAsLong(column) & 0xFF)).getBytes(StandardCharsets.US_ASCII);
    ((TextColumnBuilder) builder.column(column++)).set(city, 0, city.length);
    byte[] note =
        ("n" + Long.toHexString(draw.applyAsLong(column))).getBytes(StandardCharsets.US_ASCII);
    ((TextColumnBuilder) builder.column(column++)).set(note, 0, note.length);
    ((CategoryColumnBuilder) builder.column(column)).set((int) (draw.applyAsLong(column) & 1));
    column++;
    ((LongColumnBuilder) builder.column(column)).set(1_700_000_000_000_000L + row * 1000);
  }

  /** Returns the tables. */
  List<ArrowTable> tables() {
    return tables;
  }

  @Override
  public VersionedName operation() {
    return new VersionedName("events", 1);
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public Origin origin() {
    return new Origin("events", 0, Digest.of(new byte[0]));
  }

  @Override
  public SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution) {
    Iterator<ArrowTable> rest = tables.iterator();
    return new SourceReader() {
      @Override
      public String name() {
        return "events";
      }

      @Override
      public Schema schema() {
        return SCHEMA;
      }

      @Override
      public Origin origin() {
        return EventTables.this.origin();
      }

      @Override
      public @Nullable Table next() {
        return rest.hasNext() ? rest.next() : null;
      }

      @Override
      public void close() {
        // The tables belong to the source.
      }
    };
  }

  @Override
  public void close() {
    tables.forEach(ArrowTable::close);
  }
}
