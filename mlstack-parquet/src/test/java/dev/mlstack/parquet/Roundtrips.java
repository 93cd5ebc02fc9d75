package dev.mlstack.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import dev.mlstack.table.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes tables and reads them again. */
final class Roundtrips {

  private Roundtrips() {}

  /** Returns a dataset of one table. */
  static Dataset dataset(MemoryTable table) {
    return MemoryDataset.of(table);
  }

  /** Returns random rows of every type. */
  static MemoryTable random(int rows, long seed) {
    return RandomTables.table(RandomTables.schema(), rows, 0.2, new Random(seed));
  }

  /** Fails unless a source reads the rows of a table again, under the same schema. */
  static void assertReadAgain(Target target, Source source, MemoryTable table) throws IOException {
    long written = target.write(dataset(table), Execution.here());
    assertThat(written).isEqualTo(table.rows());
    assertReads(source, table.schema(), values(table));
  }

  /** Fails unless a source reads rows. */
  static void assertReads(Source source, Schema schema, List<List<Object>> columns)
      throws IOException {
    List<List<Object>> read = new ArrayList<>();
    schema.fields().forEach(field -> read.add(new ArrayList<>()));
    try (SourceReader reader =
        source.open(
            row -> {
              throw new AssertionError(row);
            },
            Execution.here())) {
      assertThat(reader.schema()).isEqualTo(schema);
      for (Table table = reader.next(); table != null; table = reader.next()) {
        for (int i = 0; i < schema.size(); i++) {
          read.get(i).addAll(TableAssert.values(table.column(i)));
        }
      }
      assertThat(reader.origin()).isEqualTo(source.origin());
    }
    for (int i = 0; i < schema.size(); i++) {
      assertThat(read.get(i)).as(schema.field(i).toString()).isEqualTo(columns.get(i));
    }
  }

  /** Returns the values of all columns. */
  static List<List<Object>> values(Table table) {
    List<List<Object>> columns = new ArrayList<>();
    for (int i = 0; i < table.schema().size(); i++) {
      columns.add(TableAssert.values(table.column(i)));
    }
    return columns;
  }
}
