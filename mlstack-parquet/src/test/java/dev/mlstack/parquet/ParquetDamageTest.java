package dev.mlstack.parquet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.table.DataException;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be. */
class ParquetDamageTest {

  private final Path dir;

  ParquetDamageTest(@TempDir Path dir) {
    this.dir = dir;
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
        "duckdb-zstd.parquet"
      })
  void damage_isToldAndNothingElseHappens(String name) throws Exception {
    Path file = ParquetPeersTest.file(name);
    String[] columns = FrozenFormats.readable(Parquet.file(file));
    Mutations.read(
        Files.readAllBytes(file),
        dir.resolve("damaged"),
        path -> Parquet.file(path).columns(columns),
        Seeds.repetitions(60, 20_000),
        Seeds.next());
  }

  @ParameterizedTest
  @CsvSource({
    "ARROW1xxxxxxxxxx, is no Parquet file",
    "PAR1xxxxxxxxPARE, is encrypted",
    "PAR1, is no Parquet file",
    "PAR1xxxxxxxxPAR1, is damaged"
  })
  void otherFile_isToldFromOne(String text, String message) throws IOException {
    Path file = Files.writeString(dir.resolve("other"), text, StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Parquet.file(file).schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
