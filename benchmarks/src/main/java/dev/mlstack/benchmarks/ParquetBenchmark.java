package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.columnar.ColumnarSource;
import dev.mlstack.data.ipc.ArrowIpc;
import dev.mlstack.data.read.Csv;
import dev.mlstack.parquet.Parquet;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the trips of the benchmark {@code csv} from Parquet and Arrow IPC into Arrow tables, on two
 * threads, beside reading nothing but the bytes of the same file. {@code parquet_peers.py} reads
 * the same files with pyarrow.
 */
final class ParquetBenchmark implements Benchmark {

  private static final int THREADS = 2;
  private static final int BLOCK_BYTES = 1 << 18;

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public String about() {
    return "read Parquet and Arrow IPC into Arrow on 2 threads (the bytes alone; pyarrow)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Path csv = CsvFile.of(workbench);
    TripFiles trips = new TripFiles(Csv.file(csv).as(CsvFile.SCHEMA));
    Path zstd = workbench.data("trips.zstd.parquet", file -> trips.write(Parquet.to(file)));
    Path snappy =
        workbench.data("trips.snappy.parquet", file -> trips.write(Parquet.to(file).snappy()));
    Path arrow = workbench.data("trips.arrow", file -> trips.write(ArrowIpc.to(file)));
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      Execution execution = Execution.on(pool, THREADS);
      race(workbench, "read-zstd", Parquet.file(zstd), zstd, execution);
      race(workbench, "read-snappy", Parquet.file(snappy), snappy, execution);
      race(workbench, "read-ipc", ArrowIpc.file(arrow), arrow, execution);
    } finally {
      pool.shutdown();
    }
  }

  private static void race(
      Workbench workbench, String measure, ColumnarSource<?> source, Path file, Execution execution)
      throws IOException {
    new Race(2, 7, Race.timed(() -> read(source, execution)))
        .against("BYTES", Race.timed(() -> readBytes(file)))
        .report(workbench, measure, "s", 1);
  }

  private static long read(ColumnarSource<?> source, Execution execution) throws IOException {
    long rows = 0;
    try (SourceReader reader = source.open(rejected -> {}, execution)) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        rows += table.rows();
      }
    }
    return rows;
  }

  private static long readBytes(Path file) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        bytes += read;
      }
    }
    return bytes;
  }
}
