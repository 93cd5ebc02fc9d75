package dev.mlstack.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.ipc.ArrowIpc;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Target;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What pyarrow, polars and DuckDB read of files that we wrote. Needs {@code -Dmlstack.python=} with
 * the interpreter that has them.
 */
class FormatInteropTest {

  private final Path dir;

  FormatInteropTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void others_readCellByCellWhatWeWrote() throws Exception {
    String python = System.getProperty("mlstack.python");
    assumeTrue(python != null, "needs -Dmlstack.python=, with pyarrow, polars and duckdb");
    Path script = Path.of("../benchmarks/peers/interop.py").toAbsolutePath();
    MemoryTable table = Roundtrips.random(200, 5);
    Map<String, Target> targets =
        Map.of(
            "zstd.parquet", Parquet.to(dir.resolve("ours.zstd.parquet")),
            "snappy.parquet", Parquet.to(dir.resolve("ours.snappy.parquet")).snappy(),
            "plain.parquet", Parquet.to(dir.resolve("ours.plain.parquet")).uncompressed(),
            "plain.arrow", ArrowIpc.to(dir.resolve("ours.plain.arrow")),
            "zstd.arrow", ArrowIpc.to(dir.resolve("ours.zstd.arrow")).zstd(),
            "plain.arrows", ArrowIpc.to(dir.resolve("ours.plain.arrows")).asStream());
    for (Target target : targets.values()) {
      target.write(Roundtrips.dataset(table), Execution.here());
    }
    writeCells(table);
    Path log = dir.resolve("log");
    Process process =
        new ProcessBuilder(python, script.toString(), "read", dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int failures = process.waitFor();
    assertThat(failures).as(Files.readString(log)).isZero();
    assertThat(Files.readAllLines(log)).filteredOn(line -> line.endsWith("equal")).hasSize(17);
  }

  private void writeCells(MemoryTable table) throws IOException {
    Value.Doc.Builder doc = Value.doc();
    for (int i = 0; i < table.schema().size(); i++) {
      List<Value> cells = new ArrayList<>();
      for (int row = 0; row < table.rows(); row++) {
        cells.add(cell(table.column(i), row));
      }
      doc.put(table.schema().field(i).name(), Value.of(cells));
    }
    Files.writeString(
        dir.resolve("ours.json"), doc.build().canonicalJson(), StandardCharsets.UTF_8);
  }

  private static Value cell(ColumnData column, int row) {
    if (column.isNull(row)) {
      return new Value.Null();
    } else if (column instanceof LongColumn longs) {
      return Value.of(longs.get(row));
    } else if (column instanceof DoubleColumn doubles) {
      return Value.of(doubles.get(row));
    } else if (column instanceof CategoryColumn categories) {
      return Value.of(categories.values().get(categories.code(row)));
    } else if (column instanceof TensorColumn tensors) {
      float[] numbers = new float[((FieldType.Tensor) column.field().type()).size()];
      tensors.read(row, numbers, 0);
      double[] wide = new double[numbers.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = numbers[i];
      }
      return Value.ofReals(wide);
    }
    return Value.of(String.valueOf(((TextColumn) column).get(row)));
  }
}
