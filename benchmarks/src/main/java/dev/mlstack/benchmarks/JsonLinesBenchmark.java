package dev.mlstack.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlstack.compute.Execution;
import dev.mlstack.data.json.JsonLines;
import dev.mlstack.data.read.Csv;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the trips of the benchmark csv, written as JSON lines, into Arrow tables: on one thread and
 * on two, with declared types and with types that are inferred from every line. Beside Jackson,
 * which makes a tree of each line and keeps none; see {@code jsonl_peers.py} for pyarrow, polars
 * and DuckDB on the same file.
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
          .against("JACKSON", Race.timed(() -> trees(file)))
          .report(workbench, "read", "s", 1);
    } finally {
      pool.shutdown();
    }
  }

  private static void write(Path csv, Path file) throws IOException {
    try (SourceReader reader =
        Csv.file(csv).as(CsvFile.SCHEMA).open(rejected -> {}, Execution.here())) {
      SourceRows.write(reader, JsonLines.to(file));
    }
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

  private static long trees(Path file) throws IOException {
    long rows = 0;
    try (MappingIterator<JsonNode> nodes =
        new ObjectMapper().readerFor(JsonNode.class).readValues(Files.newInputStream(file))) {
      while (nodes.hasNext()) {
        rows += nodes.next().size() > 0 ? 1 : 0;
      }
    }
    return rows;
  }
}
