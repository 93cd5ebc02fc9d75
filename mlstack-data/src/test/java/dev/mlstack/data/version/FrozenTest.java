package dev.mlstack.data.version;

import static dev.mlstack.data.check.Checks.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.testing.TableAssert;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.table.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was stored once is stored in the same way, and can be read, for ever. The file {@code
 * frozen-1.txt} has the objects of one commit, one in each line, in hexadecimal digits. It is never
 * written anew: who changes a format gives it another version and another file.
 */
class FrozenTest {

  private static final String FILE =
      "\ufeffid,flag,tiny,small,whole,narrow,wide,text,Size,day,at,time,p0,p1,note\r\n"
          + "1,true,-128,-32768,2147483647,0.1,0.1,\"plain\",small,2024-02-29,"
          + "2024-02-29T23:59:59.999999Z,2024-02-29 23:59:59,1,2,x\n"
          + "-2,FALSE,127,32767,,1e30,-0,\"say \"\"yes\"\",\nthen\",LARGE,1970-01-01,"
          + "1969-12-31T23:59:59.999999+00:00,0000-01-01T00:00,0.5,-0.25,x\r\n"
          + "3,,,,,,,,,,,,,,\n"
          + "bad,,,,,,,,,,,,,,\n"
          + "9223372036854775807,1,0,7,-7,inf,1e308,žluť 🐎,extra-large,9999-12-31,"
          + "9999-12-31T23:59:59Z,9999-12-31T23:59:59.123456,1e-3,3,x\n"
          + "5,0,1,1,1,1,4.9e-324,x,small,,,,,,x\n"
          + "6,0,1,1,1,1,2,x,small,,,,,,x\n"
          + "7,0,1,1,1,1,-5,x,small,,,,,,x\n"
          + "5,0,1,1,1,1,3,x,small,,,,,,x\n";

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("flag", FieldType.BOOL),
          Field.of("tiny", new FieldType.Int(8)),
          Field.of("small", new FieldType.Int(16)),
          Field.of("whole", FieldType.INT32),
          Field.of("narrow", FieldType.FLOAT32),
          Field.of("wide", FieldType.FLOAT64).withTags(Set.of("pii")),
          Field.of("text", FieldType.TEXT),
          Field.of("size", FieldType.category(List.of("SMALL", "LARGE", "EXTRA_LARGE"))),
          Field.of("day", FieldType.DATE),
          Field.of("at", FieldType.INSTANT).withRole(Role.EVENT_TIME),
          Field.of("time", FieldType.LOCAL_DATE_TIME),
          Field.of("tensor", FieldType.tensor(2)),
          Field.of("note", FieldType.TEXT).withRole(Role.NOTE));

  private static final Checks CHECKS =
      Checks.of(column("wide").atLeast(-1), column("text").notNull().note());

  private static final Digest SNAPSHOT =
      Digest.parse("784f06f75cd37553d29af22005bfc4277186239ecc02c8375bcaadc3f35ecb54");

  private final Path directory;

  FrozenTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static List<StoredObject> frozen() throws IOException {
    try (InputStream in = FrozenTest.class.getResourceAsStream("frozen-1.txt")) {
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().map(HexFormat.of()::parseHex).map(StoredObject::decode).toList();
    }
  }

  private static Snapshot commit(MemoryStore store, Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("frozen.csv"), FILE);
    return new Datasets(store, new MemoryRefs(), "ada", Execution.here())
        .dataset("frozen")
        .commit(Csv.file(file).as(SCHEMA).gather("tensor", "p*"), CHECKS, "frozen");
  }

  /** The same file gives the same objects, except for the record, which tells the time. */
  @Test
  void commit_givesTheFrozenObjects() throws IOException {
    MemoryStore store = new MemoryStore();
    Snapshot data = commit(store, directory);
    assertThat(data.digest()).isEqualTo(SNAPSHOT);
    Set<Digest> stored = new TreeSet<>(store.digests().toList());
    assertThat(stored.remove(data.record().orElseThrow())).isTrue();
    List<Digest> expected =
        frozen().stream()
            .filter(object -> object.kind() != ObjectKind.RECORD)
            .map(StoredObject::digest)
            .toList();
    assertThat(stored).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void frozenObjects_areRead() throws IOException {
    MemoryStore store = new MemoryStore();
    List<Digest> records = new ArrayList<>();
    try (Batch batch = store.batch()) {
      for (StoredObject object : frozen()) {
        batch.put(object);
        if (object.kind() == ObjectKind.RECORD) {
          records.add(object.digest());
        }
      }
      batch.commit();
    }
    assertThat(records).hasSize(1);
    VersionedDataset dataset =
        new Datasets(store, new MemoryRefs(), "ada", Execution.here()).dataset("frozen");
    Snapshot data = dataset.snapshot(records.get(0));
    assertThat(data.digest()).isEqualTo(SNAPSHOT);
    assertThat(data.schema()).isEqualTo(SCHEMA);
    assertCommit(data.commit().orElseThrow());
    assertThat(data.checks().results().stream().map(Object::toString))
        .containsExactly(
            "wide must be at least -1 fails in 1 row", "text must not be missing fails in 1 row");
    assertThat(TableAssert.rows(data)).isEqualTo(TableAssert.rows(commit(store, directory)));
    assertThat(TableAssert.rows(data).get(1))
        .containsExactly(
            0xfa70e606bfc6a605L,
            -2L,
            0L,
            127L,
            32767L,
            "missing",
            (double) 1e30f,
            0.0,
            "text say \"yes\",\nthen",
            "text LARGE",
            0L,
            -1L,
            -62167219200000000L,
            List.of(0f, 0.5f, -0.25f, 0f),
            "text x");
    assertThat(TableAssert.rows(data.rejected()).stream().map(row -> row.get(6)))
        .containsExactly(
            "text not a whole number",
            "text must be at least -1",
            "text this key stands on line 8 already");
  }

  private static void assertCommit(Commit commit) {
    byte[] file = FILE.getBytes(StandardCharsets.UTF_8);
    assertThat(commit.dataset()).isEqualTo("frozen");
    assertThat(commit.message()).isEqualTo("frozen");
    assertThat(commit.by()).isEqualTo("ada");
    assertThat(commit.at()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(commit.parents()).isEmpty();
    assertThat(commit.source())
        .hasValue(new Source.Origin("frozen.csv", file.length, Digest.of(file)));
    assertThat(commit.rows()).isEqualTo(6);
    assertThat(commit.rejected()).isEqualTo(3);
  }
}
