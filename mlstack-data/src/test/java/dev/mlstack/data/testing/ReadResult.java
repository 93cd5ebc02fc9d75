package dev.mlstack.data.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a source gives.
 *
 * @param table all rows
 * @param rejected the rows that were set aside
 * @param origin what they were read from
 */
public record ReadResult(MemoryTable table, List<RejectedRow> rejected, Source.Origin origin) {

  /** Reads a source to its end. */
  public static ReadResult of(Source source) throws IOException {
    return of(source, Execution.here());
  }

  /** Reads a source to its end. */
  public static ReadResult of(Source source, Execution execution) throws IOException {
    List<RejectedRow> rejected = new ArrayList<>();
    try (SourceReader reader = source.open(rejected::add, execution)) {
      MemoryTable.Builder rows = MemoryTable.builder(reader.schema());
      for (Table table = reader.next(); table != null; table = reader.next()) {
        for (int row = 0; row < table.rows(); row++) {
          rows.add(table.rowId(row), table.cursor().moveTo(row));
        }
      }
      assertThat(reader.next()).isNull();
      return new ReadResult(rows.build(), rejected, reader.origin());
    }
  }

  /** Returns the schema. */
  public Schema schema() {
    return table.schema();
  }

  /** Returns the values of a column. */
  public List<Object> values(String column) {
    return TableAssert.values(table.column(column));
  }

  /** Returns the only row that was set aside. */
  public RejectedRow onlyRejected() {
    assertThat(rejected).hasSize(1);
    return rejected.get(0);
  }
}
