package dev.mlstack.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.table.DataException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow, polars and DuckDB wrote, with a column of every type, in every encoding. */
class ParquetPeersTest {

  static Path file(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ParquetPeersTest.class.getResource("/formats/" + name)).toURI());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pyarrow-plain.parquet",
        "pyarrow-zstd.parquet",
        "pyarrow-snappy.parquet",
        "pyarrow-gzip.parquet",
        "pyarrow-lz4.parquet",
        "pyarrow-encodings.parquet",
        "pyarrow-deltas.parquet",
        "pyarrow-int96.parquet",
        "polars.parquet",
        "duckdb-zstd.parquet",
        "duckdb-snappy.parquet",
        "duckdb-lz4_raw.parquet",
        "duckdb-uncompressed.parquet"
      })
  void everyType_isReadCellByCell(String name) throws Exception {
    InputStream json = ParquetPeersTest.class.getResourceAsStream("/formats/expected.json");
    FrozenFormats.check(
        Parquet.file(file(name)), FrozenFormats.expected(Objects.requireNonNull(json), name));
  }

  @ParameterizedTest
  @CsvSource({
    "list_int, list",
    "list_text, list",
    "map.key_value.key, map",
    "map.key_value.value, map",
    "struct.x, list"
  })
  void typeWithoutCounterpart_isRefusedByNameAndType(String column, String type) throws Exception {
    Path file = file("pyarrow-refused.parquet");
    assertThatThrownBy(() -> Parquet.file(file).columns(column).schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column '" + column + "' is of type " + type)
        .hasMessageContaining(".without(");
  }

  @Test
  void columnsAroundOnesThatCannotBeRead_areRead() throws Exception {
    Parquet source =
        Parquet.file(file("pyarrow-refused.parquet")).columns("before", "struct.y", "after");
    assertThat(FrozenFormats.cells(source, Execution.here()))
        .containsEntry("before", List.of("1", "2", "3"))
        .containsEntry("struct.y", List.of("2", "2", "2"))
        .containsEntry("after", List.of("x", "missing", "z"));
  }
}
