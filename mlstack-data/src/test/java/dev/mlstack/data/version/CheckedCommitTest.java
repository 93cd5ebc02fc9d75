package dev.mlstack.data.version;

import static dev.mlstack.data.check.Checks.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.check.CheckReport;
import dev.mlstack.data.check.CheckRun;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.check.ChecksRefusedException;
import dev.mlstack.data.check.Rule;
import dev.mlstack.data.rows.Rejects;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of all kinds on their way through commits: what they set aside, note and refuse. */
class CheckedCommitTest {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("zip", FieldType.TEXT),
          Field.of("admitted", FieldType.INSTANT),
          Field.of("discharged", FieldType.INSTANT),
          Field.of("bed", FieldType.INT32));

  private static final Checks ROW_RULES =
      Checks.of(
          column("zip").matches("[0-9]{5}(-[0-9]{4})?"),
          Checks.rows("time(discharged) >= time(admitted)"),
          Checks.key("bed", "admitted"),
          column("zip").length(5, 10),
          column("bed").oneOf(1, 2, 3),
          column("admitted").increasing().note());

  private final BufferAllocator allocator = new RootAllocator();
  private final MemoryStore store = new MemoryStore();
  private final Datasets datasets =
      new Datasets(store, new MemoryRefs(), "ada", Execution.here()).withAllocator(allocator);
  private final VersionedDataset stays = datasets.dataset("stays");
  private final MemoryTable.Builder rows = MemoryTable.builder(SCHEMA);

  @AfterEach
  void nothingIsLeft() {
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
  }

  private static Instant day(long day) {
    return Instant.ofEpochSecond(day * 86_400);
  }

  /** Adds a stay; bed 0 stands for none that is known. */
  private CheckedCommitTest stay(long id, @Nullable String zip, long from, long to, long bed) {
    rows.add(rows.rows() + 1, id, zip, day(from), day(to), bed == 0 ? null : bed);
    return this;
  }

  private TestSource source() {
    return TestSource.of(rows.build(), 1, 2);
  }

  /** Asserts that a commit keeps the report that testing the same rows by hand gives. */
  private static void assertReport(Snapshot data, Checks checks, TestSource source)
      throws IOException {
    CheckRun run = checks.start(SCHEMA);
    try (SourceReader reader = source.open(row -> {}, Execution.here())) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        run.test(table);
      }
    }
    CheckReport expected = run.report();
    assertThat(data.checks()).isEqualTo(expected);
    assertThat(data.checks().digest()).isEqualTo(expected.digest());
  }

  private static List<String> rejected(Snapshot data) {
    try (Stream<RejectedRow> rows = Rejects.of(data.rejected()).rows()) {
      return rows.map(row -> row.line() + " " + row.column() + " " + row.value()).toList();
    }
  }

  @Test
  void commit_rulesAboutRows_setRowsAside() throws IOException {
    stay(1, "12345", 1, 2, 1).stay(2, "1234", 2, 3, 1).stay(3, "12345-6789", 9, 8, 1);
    stay(4, "12345", 1, 5, 1).stay(5, null, 3, 3, 0).stay(6, "12345", 4, 4, 7);
    Snapshot data = stays.commit(source(), ROW_RULES);
    assertThat(data.rows()).isEqualTo(2);
    assertThat(rejected(data))
        .containsExactly(
            "2 zip 1234",
            "3 admitted, discharged 1970-01-10T00:00:00Z, 1970-01-09T00:00:00Z",
            "4 bed, admitted 1, 1970-01-02T00:00:00Z",
            "6 bed 7");
    assertThat(data.checks().results().stream().map(CheckReport.Result::failures))
        .containsExactly(1L, 1L, 1L, 1L, 1L, 1L);
    assertReport(data, ROW_RULES, source());
  }

  /** Rules are about the new rows alone. */
  @Test
  void appendAndUpsert_checkTheirRows() throws IOException {
    stays.commit(stay(1, "12345", 1, 2, 1).source(), ROW_RULES);
    MemoryTable more =
        MemoryTable.builder(SCHEMA)
            .add(1, 2L, "1", day(1), day(2), 1L)
            .add(2, 3L, "12345", day(1), day(2), 2L)
            .add(3, 4L, "12345", day(1), day(2), 2L)
            .build();
    TestSource source = TestSource.of(more, 2);
    Snapshot appended = stays.append(source, ROW_RULES, "more");
    assertThat(appended.rows()).isEqualTo(2);
    assertThat(rejected(appended)).hasSize(2);
    assertReport(appended, ROW_RULES, source);

    Checks alone = Checks.of(Checks.rowCount(3, 3), column("bed").unique().note());
    Snapshot replaced = stays.upsert(source, alone, "as they are");
    assertThat(replaced.rows()).isEqualTo(4);
    assertThat(replaced.checks().results().get(1).failures()).isEqualTo(1);
    assertReport(replaced, alone, source);
  }

  @Test
  void rulesAboutAllRows_noteAndRefuse() throws IOException {
    stay(1, "12345", 1, 2, 1).stay(2, "12345", 2, 3, 2).stay(3, null, 3, 4, 3);
    Rule[] rules = {
      column("bed").mean(5, 6),
      column("bed").deviation(2, 3),
      column("bed").quantile(0.5, 3, 4),
      column("zip").nullShare(0.1),
      column("zip").distinctShare(0.9, 1),
      column("admitted").fresh(day(30)),
      Checks.rowCount(1000)
    };
    Checks noted = Checks.of(Stream.of(rules).map(Rule::note).toArray(Rule[]::new));
    Snapshot data = stays.commit(source(), noted);
    assertThat(data.rows()).isEqualTo(3);
    assertThat(data.rejected().rows()).isZero();
    assertThat(data.checks().results())
        .hasSize(rules.length)
        .allMatch(result -> result.failures() == 1 && !result.measured().isEmpty());
    assertReport(data, noted, source());
    for (Rule rule : rules) {
      Checks refusing = Checks.of(rule);
      assertRefused(() -> stays.commit(source(), refusing), rule);
      assertRefused(() -> stays.append(source(), refusing, ""), rule);
      assertRefused(() -> stays.upsert(source(), refusing, ""), rule);
    }
    assertThat(stays.head().orElseThrow().record()).isEqualTo(data.record());
  }

  private interface Act {
    Snapshot run() throws IOException;
  }

  private static void assertRefused(Act act, Rule rule) {
    assertThatExceptionOfType(ChecksRefusedException.class)
        .isThrownBy(act::run)
        .withMessageContaining(rule.toString())
        .satisfies(e -> assertThat(e.report().refusals()).hasSize(1));
  }

  /** The document of such a rule names the other dataset, so that reports can still be read. */
  @Test
  void in_setsAsideWhatTheOtherDatasetLacks() throws IOException {
    Schema schema = Schema.of(Field.of("number", FieldType.INT64), Field.of("zip", FieldType.TEXT));
    MemoryTable known = MemoryTable.builder(schema).add(1, 1L, "12345").add(2, 3L, "54321").build();
    Snapshot beds = datasets.dataset("beds").commit(TestSource.of(known));
    stay(1, "12345", 1, 2, 1).stay(2, "12345", 2, 3, 2).stay(3, "x", 3, 4, 3);
    stay(4, null, 3, 4, 0);
    Checks checks = Checks.of(column("bed").in(beds, "number"), column("zip").in(beds, "zip"));
    Snapshot data = stays.commit(source(), checks);
    assertThat(rejected(data)).containsExactly("2 bed 2", "3 zip x");
    assertThat(data.rows()).isEqualTo(2);
    assertReport(data, checks, source());
    assertThat(data.checks().page("Stays").toHtml()).contains(beds.digest().abbreviated());
  }

  @Test
  void like_comparesWithAnEarlierCommit() throws IOException {
    for (int i = 0; i < 300; i++) {
      stay(i, "12345", i, i + 1, 1 + i % 9);
    }
    Profile profile = Profile.of(stays.commit(source()), Execution.here());
    Checks same = Checks.of(column("bed").like(profile, 0.01));
    Snapshot again = stays.commit(source(), same);
    assertThat(again.checks().isClean()).isTrue();
    assertReport(again, same, source());
    for (int i = 300; i < 900; i++) {
      stay(i, "12345", i, i + 1, 9);
    }
    assertRefused(() -> stays.commit(source(), same), column("bed").like(profile, 0.01));
    Checks noted = Checks.of(column("bed").likeNumbers(profile, 0.1).note());
    Snapshot other = stays.commit(source(), noted);
    assertThat(other.checks().results().get(0).failures()).isEqualTo(1);
    assertReport(other, noted, source());
  }
}
