package dev.mlstack.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that we write. */
class ParquetTargetTest {

  private final Path dir;

  ParquetTargetTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void everyType_isReadAgain() throws IOException {
    long seed = Seeds.next();
    Path file = dir.resolve("a.parquet");
    for (int rows : new int[] {0, 1, 7, 8, 1025}) {
      MemoryTable table = Roundtrips.random(rows, seed + rows);
      for (ParquetTarget target :
          List.of(
              Parquet.to(file),
              Parquet.to(file).snappy(),
              Parquet.to(file).uncompressed().rowGroupRows(100))) {
        Roundtrips.assertReadAgain(target, Parquet.file(file), table);
      }
    }
  }

  @Test
  void manyDistinctTexts_areWrittenPlain() throws IOException {
    Schema schema = Schema.of(Field.of("t", FieldType.TEXT), Field.of("u", FieldType.TEXT));
    MemoryTable.Builder builder = MemoryTable.builder(schema);
    for (int row = 0; row < 70_000; row++) {
      builder.add(row, "text " + row, row % 3 == 0 ? "x".repeat(100) : null);
    }
    Path file = dir.resolve("b.parquet");
    Roundtrips.assertReadAgain(Parquet.to(file), Parquet.file(file), builder.build());
  }

  @Test
  void rolesTagsAndNames_areReadAgain() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("id", FieldType.INT64).withRole(Role.KEY),
            Field.of("e-mail \"x\"", FieldType.TEXT).withTags(Set.of("pii")),
            Field.of("y", FieldType.category(List.of("no", "yes"))).withRole(Role.LABEL));
    MemoryTable table =
        MemoryTable.builder(schema).add(5, 1L, "a@b", "yes").add(6, 2L, null, null).build();
    Path file = dir.resolve("c.parquet");
    Roundtrips.assertReadAgain(Parquet.to(file), Parquet.file(file), table);
  }

  @Test
  void cancelled_leavesWhatWasThere() throws IOException {
    Path file = dir.resolve("d.parquet");
    Parquet.to(file).write(Roundtrips.dataset(Roundtrips.random(10, 1)), Execution.here());
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(
            () ->
                Parquet.to(file)
                    .write(
                        Roundtrips.dataset(Roundtrips.random(99, 2)),
                        Execution.here().withCancellation(() -> true)))
        .isInstanceOf(CancellationException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> Parquet.to(file).rowGroupRows(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rowGroupRows must be at least 1 but was 0");
  }
}
