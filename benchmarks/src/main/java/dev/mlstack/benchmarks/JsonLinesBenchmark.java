package dev.mlstack.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.mlstack.compute.Execution;
import dev.mlstack.data.json.JsonLines;
import dev.mlstack.store.Value;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the trips of the benchmark csv, written as JSON lines, into Arrow tables: on one thread and
 * on two, with declared types and with types that are inferred from every line. Beside Jackson,
 * whose parser only walks over the values; see {@code jsonl_peers.py} for pyarrow, polars and
 * DuckDB on the same file.
 */
final class JsonLinesBenchmark implements Benchmark {

  private static final int THREADS = 2;

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public String about() {
    return "read a file of JSON lines into Arrow (Jackson)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Path file = workbench.data("trips.jsonl", path -> write(CsvFile.of(workbench), path));
    JsonLines declared = JsonLines.file(file).as(CsvFile.SCHEMA);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      Execution two = Execution.on(pool, THREADS);
      new Race(1, 5, Race.timed(() -> read(declared, Execution.here())))
          .against("TWO_THREADS", Race.timed(() -> read(declared, two)))
          .against("INFERRED_TWO_THREADS", Race.timed(() -> read(JsonLines.file(file), two)))
          .against("JACKSON", Race.timed(() -> walk(file)))
          .report(workbench, "read", "s", 1);
    } finally {
      pool.shutdown();
    }
  }

  private static void write(Path csv, Path file) throws IOException {
    List<String> names = CsvFile.SCHEMA.names();
    try (var reader = de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(csv);
        BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      var records = reader.iterator();
      records.next();
      while (records.hasNext()) {
        out.write(line(names, records.next()));
        out.write('\n');
      }
    }
  }

  private static String line(List<String> names, CsvRecord record) {
    StringJoiner line = new StringJoiner(",", "{", "}");
    for (int i = 0; i < names.size(); i++) {
      String field = record.getField(i);
      String value = i < CsvFile.NUMBERS ? field : Value.of(field).canonicalJson();
      line.add('"' + names.get(i) + "\":" + (value.isEmpty() ? "null" : value));
    }
    return line.toString();
  }

  private static long read(JsonLines lines, Execution execution) throws IOException {
    long rows = 0;
    try (SourceReader reader = lines.open(rejected -> {}, execution)) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        rows += table.rows();
      }
    }
    return rows;
  }

  /** Reads every value, as Java values one by one; keeps none. */
  private static long walk(Path file) throws IOException {
    long rows = 0;
    double sum = 0;
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> rows++;
          case VALUE_NUMBER_INT -> sum += parser.getLongValue();
          case VALUE_NUMBER_FLOAT -> sum += parser.getDoubleValue();
          case VALUE_STRING -> sum += parser.getText().length();
          default -> {
            // Keys, ends and nulls.
          }
        }
      }
    }
    return Double.isNaN(sum) ? -1 : rows;
  }
}
