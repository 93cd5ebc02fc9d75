package dev.mlstack.data.ipc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.testing.FrozenFormats;
import dev.mlstack.data.testing.Mutations;
import dev.mlstack.table.DataException;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be. */
class ArrowIpcDamageTest {

  private final Path dir;

  ArrowIpcDamageTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pyarrow-plain.arrow",
        "pyarrow-lz4.arrow",
        "pyarrow-zstd.arrow",
        "pyarrow-stream.arrows",
        "pyarrow-deltas.arrow",
        "pyarrow-refused.arrow",
        "polars.arrow"
      })
  void damage_isToldAndNothingElseHappens(String name) throws Exception {
    byte[] intact = Files.readAllBytes(ArrowIpcPeersTest.file(name));
    String[] columns = FrozenFormats.readable(ArrowIpc.file(ArrowIpcPeersTest.file(name)));
    Mutations.read(
        intact,
        dir.resolve("damaged"),
        path -> ArrowIpc.file(path).columns(columns),
        Seeds.repetitions(60, 20_000),
        Seeds.next());
  }

  @ParameterizedTest
  @CsvSource({
    "FEA1xxxxxxxx, Feather of version 1",
    "PAR1xxxxxxxx, Parquet file",
    "id;name, is no Arrow IPC",
    "ARROW1xxxxxxxx, is damaged"
  })
  void otherFile_isToldFromOne(String text, String message) throws IOException {
    Path file = Files.writeString(dir.resolve("other"), text, StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ArrowIpc.file(file).schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void emptyAndMissingFile_areTold() throws IOException {
    Path empty = Files.createFile(dir.resolve("empty"));
    assertThatThrownBy(() -> ArrowIpc.file(empty).schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> ArrowIpc.file(dir.resolve("none")).open(r -> {}, Execution.here()))
        .isInstanceOf(NoSuchFileException.class);
  }
}
