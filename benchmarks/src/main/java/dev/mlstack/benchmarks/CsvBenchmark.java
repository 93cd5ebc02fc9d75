package dev.mlstack.benchmarks;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.mlstack.compute.Execution;
import dev.mlstack.data.read.Csv;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads a file of some 100 MB into Arrow tables, one after another, beside FastCSV and DuckDB on
 * the same file.
 *
 * <p>Ours checks every value against its column, keeps the line of each row, and takes the SHA-256
 * of the file as it goes; all that counts. {@code FASTCSV} parses numbers and keeps columns of
 * arrays of as many rows; {@code FASTCSV_SCAN} only counts fields. Both are given one thread. On
 * two threads, {@code DUCKDB} reads the file into a temporary table. Where types are inferred, it
 * looks at a sample of 20,480 rows, while ours looks at every value.
 */
final class CsvBenchmark implements Benchmark {

  private static final int BATCH_ROWS = 1 << 16;
  private static final int THREADS = 2;

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String about() {
    return "read a CSV file of 100 MB into Arrow (FastCSV, DuckDB)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Path file = CsvFile.of(workbench);
    Csv declared = Csv.file(file).as(CsvFile.SCHEMA);
    Csv inferred = Csv.file(file);
    Execution here = Execution.here();
    require(readOurs(declared, here), readFields(file));
    new Race(1, 5, Race.timed(() -> readOurs(declared, here)))
        .against("FASTCSV", Race.timed(() -> readFields(file)))
        .against("FASTCSV_SCAN", Race.timed(() -> scan(file)))
        .report(workbench, "read", "s", 1);
    new Race(0, 3, Race.timed(() -> readOurs(inferred, here)))
        .against("FASTCSV", Race.timed(() -> readFields(file)))
        .report(workbench, "read-inferred", "s", 1);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (DuckCsv duckdb = new DuckCsv(file, THREADS)) {
      Execution both = Execution.on(pool, THREADS);
      require(readOurs(inferred, both), duckdb.readInferred());
      new Race(1, 5, Race.timed(() -> readOurs(declared, both)))
          .against("DUCKDB", Race.timed(() -> duckdb.read(CsvFile.SCHEMA)))
          .report(workbench, "read-2-threads", "s", 1);
      new Race(1, 5, Race.timed(() -> readOurs(inferred, both)))
          .against("DUCKDB", Race.timed(duckdb::readInferred))
          .report(workbench, "read-inferred-2-threads", "s", 1);
    } finally {
      pool.shutdown();
    }
  }

  private static void require(long ours, long theirs) {
    if (ours != theirs) {
      throw new IllegalStateException("we read " + ours + " rows but the peer read " + theirs);
    }
  }

  private static long readOurs(Csv csv, Execution execution) throws IOException {
    long rows = 0;
    try (SourceReader reader = csv.open(rejected -> {}, execution)) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        rows += table.rows();
      }
    }
    return rows;
  }

  private static long readFields(Path file) throws IOException {
    Columns columns = new Columns();
    try (var reader = de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(file)) {
      var records = reader.iterator();
      records.next();
      while (records.hasNext()) {
        columns.add(records.next());
      }
    }
    return columns.rows;
  }

  private static long scan(Path file) throws IOException {
    long fields = 0;
    try (var reader = de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord record : reader) {
        fields += record.getFieldCount();
      }
    }
    return fields;
  }

  /** Columns of doubles and strings; each batch of rows takes the place of the one before. */
  private static final class Columns {
    private final double[][] numbers = new double[CsvFile.NUMBERS][BATCH_ROWS];
    private final String[][] texts =
        new String[CsvFile.SCHEMA.size() - CsvFile.NUMBERS][BATCH_ROWS];
    private long rows;

    void add(CsvRecord record) {
      int row = (int) (rows++ % BATCH_ROWS);
      for (int i = 0; i < numbers.length; i++) {
        String field = record.getField(i);
        numbers[i][row] = field.isEmpty() ? Double.NaN : Double.parseDouble(field);
      }
      for (int i = 0; i < texts.length; i++) {
        texts[i][row] = record.getField(CsvFile.NUMBERS + i);
      }
    }
  }
}
