package dev.mlstack.data.check;

import static dev.mlstack.data.check.Checks.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.json.Json;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Row;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.table.TableReader;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules against what a loop over rows says, and reports however the data is cut. */
class DatasetCheckTest {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("n", FieldType.INT64),
          Field.of("r", FieldType.FLOAT64),
          Field.of("t", FieldType.TEXT),
          Field.of("c", FieldType.category(List.of("m", "f", "x"))),
          Field.of("ts", FieldType.INSTANT));

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);
  private final MemoryTable table = table(700);
  private final MemoryDataset customers = customers();

  private MemoryTable table(int rows) {
    double[] reals = {0, -0.0, 1, Double.NaN, Double.NEGATIVE_INFINITY, 2.5, 1e16, -3};
    String[] texts = {"", "12345", "12345-6789", "1234", "äöü", "🐦🐦", "abc"};
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
    for (int row = 0; row < rows; row++) {
      builder.add(
          1000 + 3L * row,
          orNull(random.nextInt(500) - 10L),
          orNull(random.nextBoolean() ? random.nextGaussian() : reals[random.nextInt(8)]),
          orNull(texts[random.nextInt(7)]),
          orNull(List.of("m", "f", "x").get(random.nextInt(3))),
          orNull(Instant.ofEpochSecond(row * 10L + random.nextInt(12))));
    }
    return builder.build();
  }

  private @Nullable Object orNull(Object value) {
    return random.nextInt(9) == 0 ? null : value;
  }

  private static MemoryDataset customers() {
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
    for (int i = 0; i < 300; i++) {
      builder.add(i, (long) i, 1.0 * i, i < 3 ? "1234" + i : "12345", null, null);
    }
    return MemoryDataset.of(builder.build());
  }

  /** A table cut at random into shards of several tables, some of them empty. */
  private static final class Cut implements Dataset {
    private final Dataset whole;
    private final List<List<Table>> shards = new ArrayList<>();

    Cut(MemoryTable table, Random random) {
      this.whole = MemoryDataset.of(table);
      int from = 0;
      while (from < table.rows() || shards.isEmpty()) {
        List<Table> tables = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          int to = Math.min(table.rows(), from + random.nextInt(60));
          tables.add(table.select(java.util.stream.IntStream.range(from, to).toArray()));
          from = to;
        }
        shards.add(tables);
      }
    }

    @Override
    public Schema schema() {
      return whole.schema();
    }

    @Override
    public long rows() {
      return whole.rows();
    }

    @Override
    public Digest digest() {
      return whole.digest();
    }

    @Override
    public Optional<Digest> record() {
      return Optional.empty();
    }

    @Override
    public List<Shard> shards() {
      return shards.stream().map(tables -> (Shard) () -> reader(tables.iterator())).toList();
    }

    private static TableReader reader(Iterator<Table> tables) {
      return new TableReader() {
        @Override
        public @Nullable Table next() {
          return tables.hasNext() ? tables.next() : null;
        }

        @Override
        public void close() {}
      };
    }
  }

  private CheckReport report(Rule... rules) {
    return Checks.of(rules).run(MemoryDataset.of(table), Execution.here());
  }

  private CheckReport.Result result(Rule rule) {
    return report(rule).results().get(0);
  }

  /** Fails unless exactly the rows fail that a loop over all finds. */
  private void assertFails(Rule rule, Predicate<Row> fails) {
    List<Long> expected = new ArrayList<>();
    TableCursor row = table.cursor();
    while (row.next()) {
      if (fails.test(row)) {
        expected.add(row.rowId());
      }
    }
    CheckReport report = report(rule);
    CheckReport.Result result = report.results().get(0);
    String what = rule + ", seed " + seed;
    assertThat(result.failures()).as(what).isEqualTo(expected.size());
    assertThat(result.first().stream().map(CheckReport.FailedRow::line))
        .as(what)
        .isEqualTo(expected.subList(0, Math.min(100, expected.size())));
    List<Long> given = new ArrayList<>();
    report
        .failures(rule)
        .forEach(
            failing -> {
              for (int i = 0; i < failing.rows(); i++) {
                given.add(failing.rowId(i));
              }
            });
    assertThat(given).as(what).isEqualTo(expected);
  }

  @Test
  void rulesAboutRows_findTheRowsThatALoopFinds() {
    assertFails(column("n").notNull(), row -> row.isNull(0));
    assertFails(
        column("n").between(0, 100.5),
        row -> !row.isNull(0) && (row.integer(0) < 0 || row.integer(0) > 100));
    LocalDate day = LocalDate.EPOCH;
    assertFails(
        column("ts").between(day.minusDays(1), day), row -> row.integer(4) >= 86_400_000_000L);
    assertFails(column("ts").between(day.plusDays(1), day.plusDays(1)), row -> !row.isNull(4));
    assertFails(column("r").atLeast(0.5), row -> !row.isNull(1) && !(row.number(1) >= 0.5));
    assertFails(column("c").oneOf("m", "f"), row -> Objects.equals(row.text(3), "x"));
    assertFails(
        column("t").matches("[0-9]{5}(-[0-9]{4})?"),
        row -> row.text(2) != null && !row.text(2).matches("\\d{5}|\\d{5}-\\d{4}"));
    assertFails(
        column("t").length(2, 5),
        row -> {
          String text = row.text(2);
          long length = text == null ? 3 : text.codePoints().count();
          return length < 2 || length > 5;
        });
    assertFails(
        Checks.rows("n < 100 or r >= 0"),
        row ->
            !row.isNull(0)
                && row.integer(0) >= 100
                && !Double.isNaN(row.number(1))
                && row.number(1) < 0);
    Set<Object> seen = new HashSet<>();
    assertFails(column("n").unique(), row -> !row.isNull(0) && !seen.add(row.integer(0)));
    Set<Object> keys = new HashSet<>();
    assertFails(
        Checks.key("t", "c"),
        row -> !row.isNull(2) && !row.isNull(3) && !keys.add(row.text(2) + "|" + row.text(3)));
    assertFails(
        column("n").in(customers, "n"),
        row -> !row.isNull(0) && (row.integer(0) < 0 || row.integer(0) >= 300));
    assertFails(
        column("t").in(customers, "t"),
        row -> row.text(2) != null && !Objects.equals(row.text(2), "12345"));
    assertFails(Checks.rows(new Positive()), row -> !row.isNull(0) && row.integer(0) <= 0);
    long[] last = {Long.MIN_VALUE};
    assertFails(
        column("ts").strictlyIncreasing(),
        row -> {
          boolean falls = !row.isNull(4) && row.integer(4) <= last[0];
          last[0] = row.isNull(4) ? last[0] : row.integer(4);
          return falls;
        });
  }

  /** A test that an application brings. */
  private static final class Positive implements RowCheck {
    @Override
    public VersionedName name() {
      return new VersionedName("positive", 1);
    }

    @Override
    public String demand() {
      return "must have n above 0";
    }

    @Override
    public Bound bind(Schema schema) {
      int n = schema.indexOf("n");
      return row -> row.isNull(n) || row.integer(n) > 0;
    }
  }

  private double[] reals() {
    List<Double> values = new ArrayList<>();
    TableCursor row = table.cursor();
    while (row.next()) {
      if (!Double.isNaN(row.number(0))) {
        values.add(row.number(0));
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void assertHolds(Rule rule, boolean holds) {
    CheckReport.Result result = result(rule);
    assertThat(result.failures()).as("%s, seed %d", result, seed).isEqualTo(holds ? 0 : 1);
    assertThat(result.measured()).isNotEmpty();
  }

  @Test
  void rulesAboutColumns_measureWhatALoopMeasures() {
    double[] values = reals();
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
    double deviation = Math.sqrt(variance);
    assertHolds(column("n").mean(mean - 1e-9, mean + 1e-9), true);
    assertHolds(column("n").mean(mean + 1e-9, mean + 1), false);
    assertHolds(column("n").deviation(deviation - 1e-9, deviation + 1e-9), true);
    assertHolds(column("n").deviation(0, deviation - 1e-9), false);
    Arrays.sort(values);
    double median = values[(values.length + 1) / 2 - 1];
    assertHolds(column("n").quantile(0.5, median, median), true);
    assertHolds(column("n").quantile(0.5, median + 0.5, 1e9), false);
    assertHolds(column("n").quantile(0.5, -1e9, median - 0.5), false);
    assertHolds(column("n").quantile(0, values[0], values[0]), true);
    assertHolds(column("n").quantile(1, values[values.length - 1], 1e9), true);
    double share = (double) (table.rows() - values.length) / table.rows();
    assertHolds(column("n").nullShare(share), true);
    assertHolds(column("n").nullShare(Math.nextDown(share)), false);
    double distinct = (double) Arrays.stream(values).distinct().count() / values.length;
    assertHolds(column("n").distinctShare(distinct, distinct), true);
    assertHolds(column("n").distinctShare(0, Math.nextDown(distinct)), false);
    assertHolds(column("ts").fresh(Instant.ofEpochSecond(6000)), true);
    assertHolds(column("ts").fresh(Instant.ofEpochSecond(10_000)), false);
    assertHolds(Checks.rowCount(700), true);
    assertHolds(Checks.rowCount(701), false);
    assertHolds(column("n").type(FieldType.INT64), true);
    assertHolds(column("n").type(FieldType.TEXT), false);
    assertHolds(column("gone").type(FieldType.TEXT), false);
    assertHolds(Checks.schema(SCHEMA), true);
    Schema other =
        Schema.of(Field.of("n", FieldType.INT32).required(), Field.of("z", FieldType.TEXT));
    assertThat(result(Checks.schema(other)).measured())
        .startsWith("column 'n' is of type int64 and was int32, column 'z' is gone, column 'r'");
  }

  @Test
  void deviation_ofLargeNumbers_losesNothing() {
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
    for (int i = 0; i < 4; i++) {
      builder.add(i, null, 1e15 + i, null, null, null);
    }
    CheckReport report =
        Checks.of(column("r").deviation(Math.sqrt(5.0 / 3), Math.sqrt(5.0 / 3)))
            .run(MemoryDataset.of(builder.build()), Execution.here());
    assertThat(report.isClean()).as("%s", report).isTrue();
  }

  @Test
  void distances_arePublishedOnes() {
    // 0.11949662 is the root of the divergence in nats, as scipy computes it; ours is in bits.
    long[] p = {30, 50, 20, 0};
    long[] q = {25, 40, 35, 0};
    double nats = Math.pow(Distance.jensenShannon(p, q), 2) * Math.log(2);
    assertThat(Math.sqrt(nats)).isCloseTo(0.11949662, org.assertj.core.api.Assertions.within(1e-8));
    assertThat(Distance.kolmogorovSmirnov(p, q))
        .isCloseTo(0.15, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(Distance.jensenShannon(p, p)).isZero();
  }

  @Test
  void like_isZeroForTheSameDataAndLargeForOther() {
    Profile profile = Profile.of(MemoryDataset.of(table), Execution.here());
    assertHolds(column("n").like(profile, 0), true);
    assertHolds(column("t").like(profile, 0), true);
    assertHolds(column("n").likeNumbers(profile, 0), true);
    Profile others = Profile.of(customers, Execution.here());
    assertHolds(column("n").like(others, 0.1), false);
    assertHolds(column("n").likeNumbers(others, 0.1), false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result(column("t").likeNumbers(others, 1)));
  }

  private Checks all() {
    Profile profile = Profile.of(MemoryDataset.of(table), Execution.here());
    return Checks.of(
        column("n").between(0, 100),
        column("n").unique(),
        column("r").unique().note(),
        Checks.key("t", "c").refuse(),
        column("ts").increasing(),
        column("n").in(customers, "n"),
        column("t").matches("[0-9]+"),
        Checks.rows("length(t) > 3 and n > 5"),
        column("r").mean(0, 1).note(),
        column("n").deviation(0, 1),
        column("n").quantile(0.25, 0, 1),
        column("t").distinctShare(0, 1),
        column("r").nullShare(0.5),
        column("c").like(profile, 0.2),
        column("ts").fresh(Instant.EPOCH),
        Checks.rowCount(1, 10),
        Checks.schema(SCHEMA));
  }

  @Test
  void anyCuttingAnyThreadsAndArrow_giveTheSameReport() {
    Checks checks = all();
    CheckReport whole = checks.run(MemoryDataset.of(table), Execution.here());
    CheckRun inOrder = checks.start(SCHEMA);
    inOrder.test(table);
    assertThat(inOrder.report()).as("in order, seed %d", seed).isEqualTo(whole);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < Seeds.repetitions(10, 500); i++) {
        Cut cut = new Cut(table, random);
        CheckReport report = checks.run(cut, Execution.on(pool, 1 + i % 3));
        assertThat(report).as("seed %d", seed).isEqualTo(whole);
        assertThat(report.digest()).isEqualTo(whole.digest());
      }
    } finally {
      pool.shutdown();
    }
    try (BufferAllocator allocator = Allocators.open(null, "test")) {
      ArrowTableBuilder builder = new ArrowTableBuilder(SCHEMA);
      long[] ids = new long[table.rows()];
      Arrays.setAll(ids, table::rowId);
      builder.append(table, 0, table.rows(), ids, 0);
      try (ArrowTable arrow = builder.build(allocator)) {
        CheckRun run = checks.start(SCHEMA);
        run.test(arrow);
        assertThat(run.report()).as("Arrow, seed %d", seed).isEqualTo(whole);
      }
    }
  }

  @Test
  void documents_giveTheChecksBack() {
    Checks checks = all();
    Profile profile = Profile.of(MemoryDataset.of(table), Execution.here());
    Value parsed = Json.parse(checks.toValue().canonicalJson());
    assertThat(Checks.fromValue(parsed)).isEqualTo(checks);
    CheckParts parts =
        new CheckParts() {
          @Override
          public Optional<Dataset> dataset(Digest digest) {
            return Optional.<Dataset>of(customers).filter(d -> d.digest().equals(digest));
          }

          @Override
          public Optional<Profile> profile(Digest digest) {
            return Optional.of(profile);
          }
        };
    Dataset data = MemoryDataset.of(table);
    CheckReport report = Checks.fromValue(parsed, parts).run(data, Execution.here());
    assertThat(report).isEqualTo(checks.run(data, Execution.here()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.fromValue(parsed).run(data, Execution.here()))
        .withMessageContaining("was read without that dataset");
    List<StoredObject> stored = new ArrayList<>();
    report.writeTo(
        object -> {
          stored.add(object);
          return object.digest();
        });
    assertThat(stored.get(0).type()).isEqualTo(CheckReport.TYPE);
    CheckReport read = CheckReport.from(stored.get(0));
    assertThat(read).isEqualTo(report).hasSameHashCodeAs(report);
    assertThatIllegalStateException().isThrownBy(() -> read.failures(column("n").unique()));
  }

  @Test
  void frozenDocument_isReadAndWrittenTheSame() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DatasetCheckTest.class.getResourceAsStream("rules-2.json"))) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      Checks checks = Checks.fromValue(Json.parse(json));
      assertThat(checks.rules()).hasSize(18);
      assertThat(checks.toValue().canonicalJson()).isEqualTo(json);
    }
  }

  @Test
  void documentsByHand_mayLeaveOutWhatIsUsual() {
    String json =
        "[{\"column\":\"n\",\"expect\":\"between\",\"max\":100},"
            + "{\"expect\":\"rows\",\"condition\":\"n > r\",\"severity\":\"note\"},"
            + "{\"expect\":\"row-count\",\"min\":5}]";
    assertThat(Checks.fromValue(Json.parse(json)))
        .isEqualTo(
            Checks.of(column("n").atMost(100), Checks.rows("n > r").note(), Checks.rowCount(5)));
  }

  @Test
  void hostileDocuments_areRefused() {
    for (String json :
        List.of(
            "{}",
            "[3]",
            "[{}]",
            "[{'expect':'not-null'}]",
            "[{'expect':'not-null','column':' x','severity':'maybe'}]",
            "[{'expect':'not-null','column':'x','maximum':3}]",
            "[{'expect':'between','column':'x','min':3,'max':1}]",
            "[{'expect':'mean','column':'x','min':1,'severity':'set_aside'}]",
            "[{'expect':'matches','column':'x','pattern':'('}]",
            "[{'expect':'rows','condition':'n +'}]",
            "[{'expect':'rows','condition':{'number':1}}]",
            "[{'expect':'unique-key','columns':['a']}]",
            "[{'expect':'references','column':'a','dataset':'zz','other':'b'}]",
            "[{'expect':'quantile','column':'a','share':2}]",
            "[{'expect':'null-share','column':'a','max':'NaN'}]",
            "[{'expect':'length','column':'a','min':-1}]",
            "[{'expect':'fresh','column':'a','least':'now'}]",
            "[{'expect':'like','column':'a','profile':'00','max':0.1}]",
            "[{'expect':'row-count','min':5,'max':1}]")) {
      assertThatIllegalArgumentException()
          .as(json)
          .isThrownBy(() -> Checks.fromValue(Json.parse(json.replace('\'', '"'))));
    }
  }

  @Test
  void wholeRules_refuseOrNoteButSetNothingAside() {
    assertThat(column("n").mean(0, 1).severity()).isEqualTo(Severity.REFUSE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> column("n").mean(0, 1).setAside())
        .withMessageContaining("can set none of them aside");
    CheckReport report = report(Checks.rowCount(1000));
    assertThat(report.refusals()).hasSize(1);
    assertThat(new ChecksRefusedException("data", report))
        .hasMessage(
            "data is refused and nothing was stored: the table must have at least 1000 rows,"
                + " but there are 700 rows");
  }

  @Test
  void proposals_holdForTheDataTheyComeFrom() {
    Dataset data = MemoryDataset.of(table);
    Profile profile = Profile.of(data, Execution.here());
    List<Proposal> proposals = Checks.propose(profile);
    assertThat(proposals).hasSizeGreaterThan(10).allMatch(proposal -> !proposal.why().isEmpty());
    CheckReport report = Checks.of(proposals).run(data, Execution.here());
    // Infinities are in no range that is proposed, and the mean of them is none.
    assertThat(report.results())
        .filteredOn(result -> !result.rule().column().equals("r"))
        .allMatch(result -> result.failures() == 0);
    assertThat(proposals.stream().map(proposal -> proposal.rule().toString()))
        .anyMatch(rule -> rule.startsWith("t must be one of ["));
  }

  @Test
  void page_showsRulesRowsAndDistributions() {
    Dataset data = MemoryDataset.of(table);
    Profile profile = Profile.of(data, Execution.here());
    String page =
        Checks.of(column("n").between(0, 100), Checks.rowCount(1000))
            .run(data, Execution.here())
            .page("Orders", profile)
            .toHtml();
    assertThat(page)
        .contains("700 rows, 2 rules: 2 fail.")
        .contains("n must be between 0 and 100")
        .contains("REFUSED")
        .contains("But there are 700 rows.")
        .contains("<svg")
        .doesNotContain("<script");
  }
}
