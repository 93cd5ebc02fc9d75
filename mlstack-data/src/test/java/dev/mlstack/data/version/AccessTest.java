package dev.mlstack.data.version;

import static dev.mlstack.data.check.Checks.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.access.Access;
import dev.mlstack.data.access.AccessDeniedException;
import dev.mlstack.data.access.AccessPolicy;
import dev.mlstack.data.access.AuditLog;
import dev.mlstack.data.access.AuditedRead;
import dev.mlstack.data.access.AuditedRead.What;
import dev.mlstack.data.check.Checks;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No way leads past a policy, and none past the log. */
class AccessTest {

  private static final Execution HERE = Execution.here();
  private static final AccessPolicy HIDING = AccessPolicy.hiding("pii");
  private static final AccessPolicy NOBODY =
      new AccessPolicy() {
        @Override
        public boolean admits(String who, String dataset) {
          return false;
        }

        @Override
        public Access of(String who, String dataset, Field column) {
          return Access.ALLOWED;
        }
      };

  /** Everything that must not be seen, as a text of it would have it. */
  private static final List<String> SECRETS =
      List.of("grace", "Secretville", "987.125", "4711", "1906-12-09", "-4321", "0.0625");

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          secret("mail", FieldType.TEXT),
          secret("town", FieldType.category(List.of("Secretville", "Elsewhere"))),
          secret("pay", FieldType.FLOAT64),
          secret("room", FieldType.INT32),
          secret("born", FieldType.DATE).required(),
          secret("face", FieldType.tensor(2)),
          Field.of("age", FieldType.INT32));

  private final MemoryStore store = new MemoryStore();
  private final MemoryRefs refs = new MemoryRefs();
  private final Datasets datasets = new Datasets(store, refs, "root", HERE);
  private final List<AuditedRead> reads = new ArrayList<>();
  private final Datasets hiding = datasets.with(HIDING, reads::add).as("ada");
  private final VersionedDataset people = datasets.dataset("people");
  private final Snapshot first;
  private final Snapshot second;

  AccessTest() throws IOException {
    Checks checks = Checks.of(column("age").between(0, 120));
    first = people.commit(TestSource.of(rows(0)), checks, "first");
    people.branch("other").delete(RowSelection.withIds(), "nothing");
    second = people.commit(TestSource.of(rows(1)), checks, "second");
    people.on("other").upsert(TestSource.of(rows(2)), checks, "theirs");
    people.tag("tag");
    people.tag("content", first.digest());
  }

  private static Field secret(String name, FieldType type) {
    return Field.of(name, type).withTags(Set.of("pii"));
  }

  /** Returns people of whom everything is the same secret, one of them too old. */
  private static MemoryTable rows(int version) {
    return rows(version, 0);
  }

  private static MemoryTable rows(int version, long from) {
    MemoryTable.Builder rows = MemoryTable.builder(SCHEMA);
    for (long id = from; id < from + 20; id++) {
      String mail = "grace" + (id == 3 ? version : 0);
      int age = id == 7 ? 999 : (int) (20 + id + (id == 5 ? version : 0));
      LocalDate born = LocalDate.of(1906, 12, 9);
      float[] face = {0.0625f, 0.0625f};
      rows.add(id, id, mail, "Secretville", 987.125, id == 4 ? -4321 : 4711, born, face, age);
    }
    return rows.build();
  }

  /** Returns all that a dataset shows, by each of its faces. */
  private static String everything(Dataset data) {
    StringBuilder seen = new StringBuilder();
    seen.append(data).append(data.schema()).append(data.schema().toValue());
    data.forEach(table -> see(table, seen));
    for (Shard shard : data.shards()) {
      try (TableReader reader = shard.open()) {
        for (Table table = reader.next(); table != null; table = reader.next()) {
          see(table, seen);
        }
      }
    }
    return seen.toString();
  }

  private static void see(Table table, StringBuilder seen) {
    if (table.rows() == 0) {
      return;
    }
    MemoryTable copy = MemoryTable.copyOf(table);
    for (Table face : List.of(table, table.select(all(table)), copy, copy.select(0))) {
      seen.append(face.schema());
      for (int i = 0; i < face.schema().size(); i++) {
        see(face.column(i), seen);
      }
    }
  }

  private static int[] all(Table table) {
    int[] rows = new int[table.rows()];
    Arrays.setAll(rows, row -> row);
    return rows;
  }

  private static void see(ColumnData column, StringBuilder seen) {
    int rows = column.rows();
    seen.append(column.field());
    if (column instanceof LongColumn longs) {
      long[] to = new long[rows];
      longs.read(0, rows, to, 0);
      seen.append(Arrays.toString(to)).append(longs.get(0));
      Arrays.stream(to).forEach(day -> seen.append(day < 0 ? LocalDate.ofEpochDay(day) : ""));
    } else if (column instanceof DoubleColumn doubles) {
      double[] to = new double[rows];
      doubles.read(0, rows, to, 0);
      seen.append(Arrays.toString(to)).append(doubles.get(0));
    } else if (column instanceof CategoryColumn categories) {
      int[] to = new int[rows];
      categories.read(0, rows, to, 0);
      seen.append(categories.values()).append(Arrays.toString(to));
    } else if (column instanceof TensorColumn tensors) {
      float[] to = new float[2];
      tensors.read(0, to, 0);
      seen.append(Arrays.toString(to));
    } else {
      Utf8Block block = new Utf8Block();
      ((TextColumn) column).read(0, rows, block);
      int length = block.offsets()[block.count()];
      seen.append(new String(block.bytes(), 0, length, StandardCharsets.UTF_8));
      for (int row = 0; row < rows; row++) {
        seen.append(((TextColumn) column).get(row)).append(' ');
      }
    }
  }

  /** A person, by the names of columns. */
  record Person(long id, Optional<String> mail, Optional<LocalDate> born, int age) {}

  private static String records(Dataset data) {
    try (Stream<Person> records = data.records(Person.class)) {
      return records.toList().toString();
    }
  }

  private interface Way {
    String see(Datasets datasets) throws IOException;
  }

  private static Snapshot head(Datasets datasets) {
    return datasets.dataset("people").head().orElseThrow();
  }

  private static Diff diff(Datasets datasets) {
    VersionedDataset people = datasets.dataset("people");
    return Diff.of(people.snapshot("content"), people.snapshot("main"), HERE);
  }

  /** Returns every way that shows values. */
  private Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    Digest commit = second.record().orElseThrow();
    ways.put("head", on -> everything(head(on)));
    ways.put("commit", on -> everything(on.dataset("people").snapshot(commit)));
    ways.put("another name", on -> everything(on.dataset("none").snapshot(commit)));
    ways.put("content", on -> everything(on.dataset("people").snapshot(first.digest())));
    ways.put("tag", on -> everything(on.dataset("people").snapshot("tag")));
    ways.put("tag of content", on -> everything(on.dataset("people").snapshot("content")));
    ways.put("branch", on -> everything(on.dataset("people").snapshot("other")));
    ways.put("other branch", on -> everything(on.dataset("people").on("other").head().get()));
    ways.put("records", on -> records(head(on)));
    ways.put("split", on -> everything(head(on).split(0.5, 1).train()));
    ways.put("rejected", on -> everything(head(on).rejected()));
    ways.put("changed before", on -> everything(diff(on).changedBefore()));
    ways.put("changed after", on -> everything(diff(on).changedAfter()));
    ways.put("diff", on -> diff(on).toString() + diff(on).changes());
    ways.put(
        "reset", on -> everything(on.dataset("people").reset(first.record().orElseThrow(), "")));
    ways.put("commit anew", on -> everything(on.dataset("people").commit(TestSource.of(rows(3)))));
    return ways;
  }

  /** Returns every way for which one must be allowed to see everything. */
  private Map<String, Way> wholeWays() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("checks", on -> on.dataset("people").snapshot("tag").checks().toString());
    ways.put(
        "merge",
        on -> {
          VersionedDataset dataset = on.dataset("people");
          return dataset.merge(dataset.on("other")).conflicts().toString();
        });
    ways.put(
        "append",
        on ->
            everything(
                on.dataset("people").append(TestSource.of(rows(0, 100)), Checks.none(), "append")));
    ways.put(
        "upsert",
        on ->
            everything(
                on.dataset("people").upsert(TestSource.of(rows(0)), Checks.none(), "upsert")));
    ways.put(
        "delete",
        on ->
            everything(
                on.dataset("people")
                    .delete(RowSelection.where(row -> row.number(7) == 22), "delete")));
    ways.put(
        "erase",
        on -> on.erase(RowSelection.where(row -> row.number(7) == 21), "erase").toString());
    return ways;
  }

  @Test
  void withoutAPolicy_everyWayIsOpen() throws IOException {
    for (Way way : ways().values()) {
      assertThat(way.see(datasets)).isNotEmpty();
    }
    String all = everything(head(datasets)) + everything(head(datasets).rejected());
    assertThat(SECRETS).allMatch(all::contains);
    for (Way way : wholeWays().values()) {
      assertThat(way.see(datasets)).isNotEmpty();
    }
  }

  @Test
  void noWayShowsWhatIsHidden_andEachIsHeardOf() throws IOException {
    for (Map.Entry<String, Way> way : ways().entrySet()) {
      reads.clear();
      String seen = way.getValue().see(hiding);
      assertThat(SECRETS).as(way.getKey()).noneMatch(seen::contains);
      assertThat(reads).as(way.getKey()).isNotEmpty();
      assertThat(reads)
          .as(way.getKey())
          .allMatch(read -> read.who().equals("ada") && read.dataset().equals("people"));
    }
  }

  @Test
  void whoMaySeeAll_isHeardOfOnEachWay() throws IOException {
    Datasets heard = datasets.with(AccessPolicy.hiding("no such tag"), reads::add);
    Map<String, Way> all = ways();
    all.putAll(wholeWays());
    for (Map.Entry<String, Way> way : all.entrySet()) {
      reads.clear();
      assertThat(way.getValue().see(heard)).as(way.getKey()).isNotEmpty();
      assertThat(reads).as(way.getKey()).isNotEmpty();
      assertThat(reads).as(way.getKey()).allMatch(read -> read.hidden().isEmpty());
    }
  }

  @Test
  void whatNeedsAllColumns_isDeniedToWhomOneIsHidden() {
    Digest before = head(datasets).digest();
    wholeWays()
        .forEach(
            (name, way) ->
                assertThatExceptionOfType(AccessDeniedException.class)
                    .as(name)
                    .isThrownBy(() -> way.see(hiding))
                    .withMessageContaining("'ada' may not")
                    .withMessageContaining("dataset 'people'")
                    .withMessageContaining("column 'mail'")
                    .satisfies(e -> assertThat(e.column()).contains("mail")));
    assertThat(head(datasets).digest()).isEqualTo(before);
    assertThat(head(datasets).erasures()).isEmpty();
  }

  @Test
  void everyWay_isClosedToWhomADatasetIsRefused() {
    AccessPolicy column =
        (who, dataset, field) -> field.name().equals("pay") ? Access.REFUSED : Access.ALLOWED;
    Map<String, Way> all = ways();
    all.putAll(wholeWays());
    all.put("open", on -> head(on).toString());
    int commits = people.log().size();
    for (AccessPolicy policy : List.of(NOBODY, column, HIDING.and(NOBODY), column.and(HIDING))) {
      Datasets closed = datasets.with(policy, reads::add).as("eve");
      all.forEach(
          (name, way) ->
              assertThatExceptionOfType(AccessDeniedException.class)
                  .as(name)
                  .isThrownBy(() -> way.see(closed))
                  .satisfies(e -> assertThat(e.who()).isEqualTo("eve"))
                  .satisfies(e -> assertThat(e.dataset()).isEqualTo("people")));
    }
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> datasets.with(NOBODY, AuditLog.NONE).dataset("people").log());
    assertThat(reads).isEmpty();
    assertThat(people.log()).hasSize(commits);
  }

  @Test
  void logThatFails_closesEveryWay() {
    AuditLog broken =
        read -> {
          throw new IllegalStateException("the log is broken");
        };
    Map<String, Way> all = ways();
    all.putAll(wholeWays());
    Datasets unheard = datasets.with(AccessPolicy.hiding(), broken);
    all.forEach(
        (name, way) ->
            assertThatIllegalStateException().as(name).isThrownBy(() -> way.see(unheard)));
    List<Shard> shards = head(unheard).shards();
    for (int i = 0; i < 2; i++) {
      assertThatIllegalStateException().isThrownBy(() -> shards.get(0).open());
    }
  }

  @Test
  void policyThatFails_closesTheDataset() {
    AccessPolicy broken =
        (who, dataset, column) -> {
          throw new IllegalStateException("the policy is broken");
        };
    Datasets closed = datasets.with(broken, AuditLog.NONE);
    assertThatIllegalStateException().isThrownBy(() -> head(closed));
  }

  @Test
  void contentOfAnotherDataset_isNotFoundUnderAPublicName() throws IOException {
    AccessPolicy policy =
        (who, dataset, column) -> dataset.equals("public") ? Access.ALLOWED : Access.HIDDEN;
    VersionedDataset open = datasets.with(policy, AuditLog.NONE).as("eve").dataset("public");
    MemoryTable small =
        MemoryTable.builder(Schema.of(Field.of("x", FieldType.INT64))).add(1, 1L).build();
    Snapshot mine = datasets.dataset("public").commit(TestSource.of(small));
    assertThat(open.snapshot(mine.digest()).digest()).isEqualTo(mine.digest());
    Commit commit = second.commit().orElseThrow();
    List<Digest> others =
        List.of(second.digest(), first.digest(), commit.rejectedRows().orElseThrow());
    for (Digest other : others) {
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> open.snapshot(other))
          .withMessageContaining(other.hex());
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> open.tag("mine", other));
    }
    Digest rejected = commit.rejectedRows().orElseThrow();
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> hiding.dataset("people").snapshot(rejected));
    assertThat(everything(open.snapshot(commit.digest()))).doesNotContain("grace");
  }

  @Test
  void schemaOfWhatIsHidden_isSound() {
    Snapshot seen = head(hiding);
    assertThat(seen.schema().names()).isEqualTo(SCHEMA.names());
    assertThat(seen.schema().field("born").nullable()).isTrue();
    assertThat(seen.schema().field("mail").tags()).containsExactly("pii");
    assertThat(seen.schema().field("id")).isEqualTo(SCHEMA.field("id"));
    assertThat(seen.schema().field("age")).isEqualTo(SCHEMA.field("age"));
    assertThat(seen.digest()).isNotEqualTo(second.digest()).isEqualTo(head(hiding).digest());
    assertThat(seen.rows()).isEqualTo(second.rows());
    assertThat(diff(hiding).changedCells()).containsOnlyKeys("age");
    assertThat(diff(datasets).changedCells()).containsOnlyKeys("age", "mail");
  }

  @Test
  void hiddenKey_isNotInTheIdentitiesOfRows() {
    AccessPolicy noKeys =
        (who, dataset, column) -> column.role() == Role.KEY ? Access.HIDDEN : Access.ALLOWED;
    Datasets keyless = datasets.with(noKeys, AuditLog.NONE);
    List<Long> ids = new ArrayList<>();
    head(keyless)
        .forEach(
            table -> {
              assertThat(table.column("id").isNull(0)).isTrue();
              for (int row = 0; row < table.rows(); row++) {
                ids.add(table.rowId(row));
              }
            });
    assertThat(ids).isSorted().startsWith(0L).endsWith(second.rows() - 1);
    assertThat(head(keyless).schema().inRole(Role.KEY)).isEmpty();
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> diff(keyless))
        .withMessageContaining("compare versions of")
        .withMessageContaining("'id'");
  }

  @Test
  void log_saysWhatWasReadOnceForEachRead() {
    Snapshot seen = head(hiding);
    assertThat(reads).isEmpty();
    seen.open().close();
    List<Shard> shards = seen.shards();
    shards.get(0).open().close();
    shards.get(0).open().close();
    assertThat(reads).hasSize(2);
    AuditedRead read = reads.get(0);
    assertThat(read.what()).isEqualTo(What.ROWS);
    assertThat(read.commit()).isEqualTo(second.record());
    assertThat(read.content()).isEqualTo(second.digest());
    assertThat(read.columns()).containsExactly("id", "age");
    assertThat(read.hidden()).containsExactly("mail", "town", "pay", "room", "born", "face");
    reads.clear();
    seen.rejected().open().close();
    assertThat(reads).hasSize(1);
    assertThat(reads.get(0).what()).isEqualTo(What.REJECTED);
    assertThat(reads.get(0).hidden()).containsExactly("value", "reason", "text");
  }

  @Test
  void twoPolicies_bothDecide_andBothLogsHear() {
    List<AuditedRead> more = new ArrayList<>();
    AccessPolicy noAges =
        (who, dataset, column) -> column.name().equals("age") ? Access.HIDDEN : Access.ALLOWED;
    head(hiding.with(noAges, more::add)).open().close();
    assertThat(more).isEqualTo(reads).hasSize(1);
    assertThat(more.get(0).columns()).containsExactly("id");
  }
}
