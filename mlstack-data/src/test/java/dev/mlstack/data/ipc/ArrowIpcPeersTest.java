package dev.mlstack.data.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.testing.FrozenFormats;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow and polars wrote, with a column of every type of Arrow. */
class ArrowIpcPeersTest {

  static Path file(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ArrowIpcPeersTest.class.getResource("/formats/" + name)).toURI());
  }

  private static Value.Doc expected(String name) throws IOException {
    InputStream json = ArrowIpcPeersTest.class.getResourceAsStream("/formats/expected.json");
    return FrozenFormats.expected(Objects.requireNonNull(json), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pyarrow-plain.arrow",
        "pyarrow-lz4.arrow",
        "pyarrow-zstd.arrow",
        "pyarrow-stream.arrows",
        "polars.arrow",
        "polars-lz4.arrow"
      })
  void everyType_isReadCellByCell(String name) throws Exception {
    FrozenFormats.check(ArrowIpc.file(file(name)), expected(name));
  }

  @ParameterizedTest
  @CsvSource({
    "interval, interval",
    "list_int, list",
    "list_view, list",
    "large_list_view, list",
    "list_text, list",
    "map, map",
    "sparse_union, union",
    "dense_union, union",
    "run_end, run-end encoded",
    "category_list, list",
    "struct.x, list"
  })
  void typeWithoutCounterpart_isRefusedByNameAndType(String column, String type) throws Exception {
    Path file = file("pyarrow-refused.arrow");
    assertThatThrownBy(() -> ArrowIpc.file(file).columns(column).schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column '" + column + "' is of type " + type)
        .hasMessageContaining(".without(");
    assertThatThrownBy(() -> ArrowIpc.file(file).schema()).isInstanceOf(DataException.class);
  }

  @Test
  void columnsAroundOnesThatCannotBeRead_areRead() throws Exception {
    ArrowIpc source =
        ArrowIpc.file(file("pyarrow-refused.arrow")).columns("before", "view", "struct.y", "after");
    assertThat(FrozenFormats.cells(source, Execution.here()))
        .containsEntry("before", List.of("1", "2", "3"))
        .containsEntry("view", List.of("a view that is long enough", "b", "missing"))
        .containsEntry("struct.y", List.of("2", "2", "2"))
        .containsEntry("after", List.of("x", "missing", "z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow-deltas.arrow", "pyarrow-deltas.arrows"})
  void dictionaryThatGrows_isFollowed(String name) throws Exception {
    assertThat(FrozenFormats.cells(ArrowIpc.file(file(name)), Execution.here()))
        .containsEntry("word", List.of("a", "b", "c", "a", "b"));
  }
}
