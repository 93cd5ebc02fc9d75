package dev.mlstack.track.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.Lineage;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import dev.mlstack.testkit.LineageKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLineageTest extends LineageKit {

  private final Path directory;
  private final ObjectStore objects = new MemoryStore();
  private final List<SqliteLineage> opened = new ArrayList<>();

  SqliteLineageTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  protected ObjectStore store() {
    return objects;
  }

  @Override
  protected Lineage open(ObjectStore indexed) {
    try {
      SqliteLineage lineage = SqliteLineage.open(directory.resolve("lineage.db"), indexed);
      opened.add(lineage);
      return lineage;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    opened.forEach(SqliteLineage::close);
  }

  private Digest put(String text, Edge... edges) {
    try (Batch batch = objects.batch()) {
      VersionedName type = new VersionedName("thing", 1);
      Digest digest =
          batch.put(
              StoredObject.of(ObjectKind.CONTENT, type, List.of(edges), text.getBytes(UTF_8)));
      batch.commit();
      return digest;
    }
  }

  @Test
  void open_fileOfBefore_stillKnowsEverything() throws IOException {
    Path file = directory.resolve("kept.db");
    Digest a = put("a");
    Digest b = put("b", Edge.holds("from", a));
    try (SqliteLineage lineage = SqliteLineage.open(file, objects)) {
      lineage.refresh();
    }
    try (SqliteLineage lineage = SqliteLineage.open(file, new MemoryStore())) {
      assertThat(lineage.impact(a)).containsExactly(b);
    }
  }

  @Test
  void open_fileDeletedInBetween_startsAnew() throws IOException {
    Path file = directory.resolve("deleted.db");
    Digest a = put("a");
    Digest b = put("b", Edge.holds("from", a));
    try (SqliteLineage lineage = SqliteLineage.open(file, objects)) {
      lineage.refresh();
    }
    Files.delete(file);
    try (SqliteLineage lineage = SqliteLineage.open(file, objects)) {
      assertThat(lineage.impact(a)).isEmpty();
      lineage.refresh();
      assertThat(lineage.impact(a)).containsExactly(b);
    }
  }

  @Test
  void twoIndexesOnOneFile_seeWhatTheOtherTookNoteOf() throws IOException {
    Path file = directory.resolve("shared.db");
    try (SqliteLineage one = SqliteLineage.open(file, objects);
        SqliteLineage two = SqliteLineage.open(file, objects)) {
      Digest a = put("a");
      Digest b = put("b", Edge.holds("from", a));
      one.refresh();
      assertThat(two.impact(a)).containsExactly(b);
      Digest c = put("c", Edge.holds("from", b));
      two.refresh();
      one.refresh();
      assertThat(one.impact(a)).containsExactly(b, c);
    }
  }

  @Test
  void use_afterClose_isRefused() throws IOException {
    SqliteLineage lineage = SqliteLineage.open(directory.resolve("closed.db"), objects);
    lineage.close();
    lineage.close();

    assertThatThrownBy(lineage::refresh)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void open_databaseOfSomethingElse_isRefused() throws IOException {
    Path file = directory.resolve("text.db");
    Files.writeString(file, "not a database, but long enough to be taken for one ".repeat(100));

    assertThatThrownBy(() -> SqliteLineage.open(file, objects))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("no SQLite database");
  }
}
