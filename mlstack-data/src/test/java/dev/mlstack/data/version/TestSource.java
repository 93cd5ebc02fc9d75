package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A source of rows in memory, which come in tables of any size. Lines are counted from 1. */
final class TestSource implements Source {

  private final Schema schema;
  private final List<Table> tables;
  private final Runnable atEnd;

  private TestSource(Schema schema, List<Table> tables, Runnable atEnd) {
    this.schema = schema;
    this.tables = tables;
    this.atEnd = atEnd;
  }

  /** Returns the rows of a table, in tables of the given sizes and a last one with the rest. */
  static TestSource of(MemoryTable rows, int... sizes) {
    List<Table> tables = new ArrayList<>();
    int from = 0;
    for (int size : IntStream.concat(IntStream.of(sizes), IntStream.of(rows.rows())).toArray()) {
      int to = Math.min(rows.rows(), from + size);
      if (to > from) {
        tables.add(lines(rows, from, to));
      }
      from = to;
    }
    return new TestSource(rows.schema(), tables, () -> {});
  }

  /** Returns this source, which does something when all its rows are read. */
  TestSource atEnd(Runnable action) {
    return new TestSource(schema, tables, action);
  }

  private static Table lines(MemoryTable rows, int from, int to) {
    MemoryTable.Builder builder = MemoryTable.builder(rows.schema());
    for (int row = from; row < to; row++) {
      builder.add(row + 1L, rows.cursor().moveTo(row));
    }
    return builder.build();
  }

  @Override
  public VersionedName operation() {
    return new VersionedName("test", 1);
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Origin origin() {
    return new Origin("test", 0, Digest.of(new byte[0]));
  }

  @Override
  public SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution) {
    Iterator<Table> rest = tables.iterator();
    return new SourceReader() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public Origin origin() {
        return TestSource.this.origin();
      }

      @Override
      public @Nullable Table next() {
        if (rest.hasNext()) {
          return rest.next();
        }
        atEnd.run();
        return null;
      }

      @Override
      public void close() {}
    };
  }
}
