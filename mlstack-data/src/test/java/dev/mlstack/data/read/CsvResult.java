package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What reading a whole file gave.
 *
 * @param table all rows; their identities are their lines
 * @param rejected the rows that were set aside
 * @param origin what was read
 */
record CsvResult(MemoryTable table, List<RejectedRow> rejected, Source.Origin origin) {

  static CsvResult read(Csv csv) throws IOException {
    return read(csv, Execution.here());
  }

  static CsvResult read(Csv csv, Execution execution) throws IOException {
    List<RejectedRow> rejected = new ArrayList<>();
    try (SourceReader reader = csv.open(rejected::add, execution)) {
      MemoryTable.Builder builder = MemoryTable.builder(reader.schema());
      for (Table table = reader.next(); table != null; table = reader.next()) {
        for (TableCursor cursor = table.cursor(); cursor.next(); ) {
          builder.add(cursor.rowId(), cursor);
        }
      }
      return new CsvResult(builder.build(), rejected, reader.origin());
    }
  }

  /** Writes a file of text. */
  static Path write(Path directory, String text) throws IOException {
    return write(directory, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path directory, byte[] bytes) throws IOException {
    Path file = Files.createTempFile(directory, "data", ".csv");
    return Files.write(file, bytes);
  }

  Schema schema() {
    return table.schema();
  }

  int rows() {
    return table.rows();
  }

  /** Returns the texts of a column. */
  List<String> texts(String column) {
    return IntStream.range(0, rows())
        .mapToObj(
            row -> String.valueOf(dev.mlstack.data.internal.CellText.of(table.column(column), row)))
        .toList();
  }

  List<Long> lines() {
    return IntStream.range(0, rows()).mapToObj(table::rowId).toList();
  }
}
