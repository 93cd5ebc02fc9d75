package dev.mlstack.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.check.Checks;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Appending, upserting, deleting, branching, comparing and merging, against maps of rows. */
class ChangesTest {

  private static final Schema KEYED =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("n", FieldType.INT32),
          Field.of("t", FieldType.TEXT));
  private static final Schema UNKEYED =
      Schema.of(Field.of("n", FieldType.INT32), Field.of("t", FieldType.TEXT));

  private final BufferAllocator allocator = new RootAllocator();
  private final MemoryStore store = new MemoryStore();
  private final MemoryRefs refs = new MemoryRefs();
  private final VersionedDataset data = dataset(Execution.here(), "data");
  private final Random random = new Random(Seeds.next());

  private VersionedDataset dataset(Execution execution, String name) {
    return new Datasets(store, refs, "ada", execution).withAllocator(allocator).dataset(name);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
  }

  /** The values of a row behind its key. */
  private record Values(int n, String t) {}

  private Values randomValues() {
    return new Values(random.nextInt(5), random.nextInt(4) == 0 ? "x" : "t" + random.nextInt());
  }

  private static TestSource source(Map<Long, Values> rows) {
    MemoryTable.Builder table = MemoryTable.builder(KEYED);
    rows.forEach((id, values) -> table.add(table.rows(), id, values.n(), values.t()));
    return TestSource.of(table.build(), rows.size() / 3);
  }

  private static Map<Long, Values> rows(Dataset dataset) {
    Map<Long, Values> rows = new LinkedHashMap<>();
    dataset.forEach(
        table -> {
          for (var row = table.cursor(); row.next(); ) {
            String text = Objects.requireNonNull(row.text(2));
            rows.put(row.integer(0), new Values((int) row.integer(1), text));
          }
        });
    return rows;
  }

  private static Values of(Map<Long, Values> rows, long id) {
    return Objects.requireNonNull(rows.get(id));
  }

  private Map<Long, Values> randomRows(int count, long from) {
    Map<Long, Values> rows = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      rows.put(from + i, randomValues());
    }
    return rows;
  }

  /** The law: however rows came to be, equal rows in equal order are one content. */
  private void assertIs(Snapshot snapshot, Map<Long, Values> expected) throws IOException {
    assertThat(new ArrayList<>(rows(snapshot).entrySet()))
        .isEqualTo(new ArrayList<>(expected.entrySet()));
    Snapshot whole = dataset(Execution.here(), "whole").commit(source(expected));
    assertThat(snapshot.digest()).isEqualTo(whole.digest());
  }

  @Test
  void changes_inAnyOrder_giveWhatCommittingAllRowsGives() throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      VersionedDataset loans = dataset(Execution.on(threads, 2), "loans");
      Map<Long, Values> model = randomRows(9000, 0);
      loans.commit(source(model));
      long next = model.size();
      for (int step = 0; step < 8; step++) {
        Snapshot result;
        if (step % 3 == 0) {
          Map<Long, Values> more = randomRows(1 + random.nextInt(2000), next);
          next += more.size();
          model.putAll(more);
          result = loans.append(source(more), Checks.none(), "more");
        } else if (step % 3 == 1) {
          Map<Long, Values> fixes = new LinkedHashMap<>();
          for (int i = random.nextInt(50); i >= 0; i--) {
            fixes.put((long) random.nextInt((int) next + 20), randomValues());
          }
          next += 20;
          model.putAll(fixes);
          result = loans.upsert(source(fixes), Checks.none(), "fixed");
        } else {
          long low = random.nextInt((int) next);
          long high = low + random.nextInt(300);
          model.keySet().removeIf(id -> (id >= low && id < high) || id % 1000 == 7);
          result =
              loans.delete(
                  RowSelection.where(
                      row ->
                          (row.integer(0) >= low && row.integer(0) < high)
                              || row.integer(0) % 1000 == 7),
                  "gone");
        }
        assertIs(result, model);
      }
      assertThat(store.verify(Execution.here())).isEmpty();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void append_keyThatIsThere_isSetAside() throws IOException {
    data.commit(source(randomRows(10, 0)));
    Snapshot more = data.append(source(randomRows(10, 5)), Checks.none(), "overlap");
    assertThat(rows(more)).hasSize(15);
    assertThat(more.rejected().rows()).isEqualTo(5);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> data.append(source(randomRows(3, 0)), Checks.none(), "nothing new"));
  }

  @Test
  void append_otherColumns_isRefused() throws IOException {
    data.commit(source(randomRows(10, 0)));
    MemoryTable other =
        MemoryTable.builder(KEYED.with("n", field -> field.withType(FieldType.INT64)))
            .add(1, 99L, 1L, "a")
            .build();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> data.append(TestSource.of(other), Checks.none(), ""))
        .withMessageContaining("column 'n'");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> dataset(Execution.here(), "none").append(source(Map.of()), Checks.none(), ""))
        .withMessageContaining("no version yet");
  }

  @Test
  void append_rowsWithoutKeys_keepTheirIdentities() throws IOException {
    MemoryTable twice =
        MemoryTable.builder(UNKEYED).add(1, 1, "a").add(2, 2, "b").add(3, 1, "a").build();
    Snapshot first = data.commit(TestSource.of(twice));
    Snapshot both = data.append(TestSource.of(twice), Checks.none(), "again");
    List<Long> ids = ids(both);
    assertThat(ids).hasSize(6).doesNotHaveDuplicates().startsWith(ids(first).toArray(Long[]::new));
    MemoryTable all =
        MemoryTable.builder(UNKEYED)
            .add(1, 1, "a")
            .add(2, 2, "b")
            .add(3, 1, "a")
            .add(4, 1, "a")
            .add(5, 2, "b")
            .add(6, 1, "a")
            .build();
    Snapshot whole = dataset(Execution.here(), "whole").commit(TestSource.of(all));
    assertThat(both.digest()).isEqualTo(whole.digest());
    Snapshot fewer = data.delete(RowSelection.withIds(ids.get(0)), "one of them");
    assertThat(ids(fewer)).isEqualTo(ids.subList(1, 6));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> data.upsert(TestSource.of(twice), Checks.none(), ""))
        .withMessageContaining("keys");
  }

  private static List<Long> ids(Dataset dataset) {
    List<Long> ids = new ArrayList<>();
    dataset.forEach(
        table ->
            Stream.iterate(0, i -> i < table.rows(), i -> i + 1)
                .forEach(i -> ids.add(table.rowId(i))));
    return ids;
  }

  @Test
  void delete_eachWayOfSayingWhich() throws IOException {
    Map<Long, Values> model = new TreeMap<>(randomRows(100, 0));
    model.put(7L, new Values(1, "find me"));
    data.commit(source(model));
    assertThat(data.delete(RowSelection.having("nothing", 1), "none").commit())
        .isEqualTo(data.head().orElseThrow().commit());
    assertThat(data.log()).hasSize(1);
    data.delete(RowSelection.having("t", "find me"), "one");
    data.delete(RowSelection.having("id", 11, 12L), "two");
    MemoryTable keys =
        MemoryTable.builder(Schema.of(Field.of("id", FieldType.INT32)))
            .add(0, 50)
            .add(1, 51)
            .build();
    Snapshot left = data.delete(RowSelection.withKeysOf(MemoryDataset.of(keys)), "two more");
    model.keySet().removeAll(List.of(7L, 11L, 12L, 50L, 51L));
    assertIs(left, model);
    Snapshot none = data.delete(RowSelection.where(row -> true), "all");
    assertThat(none.rows()).isZero();
    assertThat(data.append(source(model), Checks.none(), "back").digest()).isEqualTo(left.digest());
  }

  @Test
  void branchesAndTags_leadToVersions() throws IOException {
    Snapshot first = data.commit(source(randomRows(10, 0)), Checks.none(), "first");
    VersionedDataset fix = data.branch("fix");
    Snapshot second = fix.append(source(randomRows(10, 10)), Checks.none(), "second");
    data.tag("2026-q3");
    data.tag("content", second.digest());
    assertThat(data.branches()).containsExactly("fix", "main");
    assertThat(data.tags()).containsOnlyKeys("2026-q3", "content");
    assertThat(data.snapshot("2026-q3").digest()).isEqualTo(first.digest());
    assertThat(data.snapshot("content").digest()).isEqualTo(second.digest());
    assertThat(data.snapshot("fix").commit()).isEqualTo(second.commit());
    assertThat(data.snapshot("main").commit()).isEqualTo(first.commit());
    assertThat(new Datasets(store, refs, "ada", Execution.here()).names()).containsExactly("data");
    assertThatIllegalArgumentException().isThrownBy(() -> data.snapshot("other"));
    assertThatIllegalArgumentException().isThrownBy(() -> data.branch("fix"));
    assertThatIllegalArgumentException().isThrownBy(() -> data.branch("tags"));
    assertThatIllegalArgumentException().isThrownBy(() -> data.tag("content"));
    assertThat(data.deleteTag("content")).isTrue();
    assertThat(data.deleteTag("content")).isFalse();
    assertThat(data.deleteBranch("fix")).isTrue();
    assertThat(data.branches()).containsExactly("main");
  }

  @Test
  void reset_commitsOldRows_andKeepsTheHistory() throws IOException {
    Snapshot first = data.commit(source(randomRows(10, 0)), Checks.none(), "first");
    data.append(source(randomRows(10, 10)), Checks.none(), "second");
    Snapshot back = data.reset(first, "rollback");
    assertThat(back.digest()).isEqualTo(first.digest());
    assertThat(data.log().stream().map(Commit::message))
        .containsExactly("rollback", "second", "first");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> dataset(Execution.here(), "other").reset(first.record().orElseThrow(), ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.reset(data.snapshot(first.digest()), ""))
        .withMessageContaining("name the commit");
  }

  @Test
  void diff_ofRandomVersions_isThatOfMaps() throws IOException {
    Map<Long, Values> before = randomRows(6000, 0);
    Map<Long, Values> after = new LinkedHashMap<>(before);
    after.keySet().removeIf(id -> id % 700 == 3);
    for (int i = 0; i < 40; i++) {
      after.put((long) random.nextInt(6100), randomValues());
    }
    Diff diff = Diff.of(data.commit(source(before)), data.commit(source(after)), Execution.here());
    Map<Long, Values> added = new LinkedHashMap<>(after);
    added.keySet().removeAll(before.keySet());
    Map<Long, Values> removed = new LinkedHashMap<>(before);
    removed.keySet().removeAll(after.keySet());
    Map<Long, Values> changed = new LinkedHashMap<>(after);
    changed
        .entrySet()
        .removeIf(row -> row.getValue().equals(before.getOrDefault(row.getKey(), row.getValue())));
    assertThat(rows(diff.added())).isEqualTo(added);
    assertThat(rows(diff.removed())).isEqualTo(removed);
    assertThat(rows(diff.changedAfter())).isEqualTo(changed);
    assertThat(rows(diff.changedBefore()).keySet()).isEqualTo(changed.keySet());
    long differingN =
        changed.keySet().stream().filter(id -> of(changed, id).n() != of(before, id).n()).count();
    assertThat(diff.changedCells().getOrDefault("n", 0L)).isEqualTo(differingN);
    assertThat(diff.changedCells()).doesNotContainKey("id");
    assertThat(diff.toString())
        .startsWith(added.size() + " rows added, " + removed.size() + " removed, ")
        .doesNotContain("columns");
    Diff back = Diff.of(data.head().orElseThrow(), data.head().orElseThrow(), Execution.here());
    assertThat(back).hasToString("0 rows added, 0 removed, 0 changed");
    assertThat(back.isEmpty()).isTrue();
  }

  @Test
  void diff_ofColumns_comparesTheSharedOnes() throws IOException {
    Schema wider =
        KEYED.with("n", f -> f.withType(FieldType.INT64)).with(Field.of("z", FieldType.INT32));
    MemoryTable.Builder before = MemoryTable.builder(KEYED);
    MemoryTable.Builder after = MemoryTable.builder(wider);
    for (int i = 0; i < 3000; i++) {
      before.add(i, (long) i, i % 7, "t");
      after.add(i, (long) i, (long) (i == 1234 ? 99 : i % 7), "t", 1);
    }
    Diff diff =
        Diff.of(
            data.commit(TestSource.of(before.build())),
            data.commit(TestSource.of(after.build())),
            Execution.here());
    assertThat(diff.addedColumns()).containsExactly(wider.field("z"));
    assertThat(diff.removedColumns()).isEmpty();
    assertThat(diff.changedColumns()).hasSize(1);
    assertThat(diff.changes()).hasSize(1);
    assertThat(diff.changes().get(0).columns()).containsExactly("n");
  }

  @Test
  void merge_ofRandomChanges_isThatOfMaps() throws IOException {
    Map<Long, Values> base = randomRows(5000, 0);
    data.commit(source(base));
    VersionedDataset fix = data.branch("fix");
    Map<Long, Values> expected = new LinkedHashMap<>(base);
    Map<Long, Values> ourFixes = new LinkedHashMap<>();
    Map<Long, Values> theirFixes = new LinkedHashMap<>();
    for (int i = 0; i < 200; i++) {
      long id = random.nextInt(5000);
      Values was = of(base, id);
      Values ours = new Values(was.n() + 10, was.t());
      Values theirs = new Values(was.n(), was.t() + "!");
      if (random.nextBoolean()) {
        ourFixes.put(id, ours);
        if (random.nextBoolean()) {
          theirFixes.put(id, theirs);
        }
      } else {
        theirFixes.put(id, theirs);
      }
    }
    ourFixes.forEach((id, row) -> expected.put(id, row));
    theirFixes.forEach((id, row) -> expected.merge(id, row, (o, t) -> new Values(o.n(), t.t())));
    ourFixes.put(6000L, new Values(1, "ours"));
    theirFixes.put(7000L, new Values(2, "theirs"));
    expected.put(6000L, new Values(1, "ours"));
    expected.put(7000L, new Values(2, "theirs"));
    data.upsert(source(ourFixes), Checks.none(), "ours");
    fix.upsert(source(theirFixes), Checks.none(), "theirs");
    fix.delete(RowSelection.having("id", 4999), "gone");
    boolean disputed = ourFixes.containsKey(4999L);
    Merge merge = data.merge(fix);
    assertThat(merge.conflicts()).hasSize(disputed ? 1 : 0);
    expected.remove(4999L);
    Snapshot merged = merge.resolve(Conflict.Resolution.THEIRS).commit("merged");
    assertIs(merged, expected);
    assertThat(merged.commit().orElseThrow().parents()).hasSize(2);
    assertThat(data.log()).hasSize(5);
    assertThat(data.merge(fix).commit("again").commit()).isEqualTo(merged.commit());
    assertThat(fix.merge(data).commit("forward").commit()).isEqualTo(merged.commit());
  }

  @Test
  void merge_conflicts_areListedAndResolved() throws IOException {
    Map<Long, Values> base = new LinkedHashMap<>();
    for (long id = 0; id < 4; id++) {
      base.put(id, new Values(0, "base"));
    }
    data.commit(source(base));
    VersionedDataset fix = data.branch("fix");
    data.upsert(
        source(Map.of(0L, new Values(1, "ours"), 1L, new Values(1, "base"))), Checks.none(), "");
    data.delete(RowSelection.having("id", 2), "");
    fix.upsert(
        source(Map.of(0L, new Values(1, "theirs"), 2L, new Values(2, "base"))), Checks.none(), "");
    fix.delete(RowSelection.having("id", 1), "");
    Merge merge = data.merge(fix);
    assertThat(merge.conflicts().stream().map(Conflict::toString))
        .containsExactlyInAnyOrder(
            "row 0, column t: was 'base', ours is 'ours', theirs is 'theirs'",
            "row 1: was '1,0,base', ours is '1,1,base', theirs is not there",
            "row 2: was '2,0,base', ours is not there, theirs is '2,2,base'");
    assertThatExceptionOfType(MergeConflictException.class)
        .isThrownBy(() -> merge.commit("no"))
        .satisfies(e -> assertThat(e.conflicts()).hasSize(3));
    Map<Long, Values> ours = rows(data.head().orElseThrow());
    assertIs(merge.resolve(Conflict.Resolution.OURS).commit("ours"), ours);
    data.reset(data.log().get(1).digest(), "undo");
    Merge mixed = data.on("main").merge(fix);
    assertThat(mixed.conflicts()).isEmpty();
  }
}
