package dev.mlstack.data.check;

import static dev.mlstack.data.check.Checks.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.Seeds;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("n", FieldType.INT64),
          Field.of("r", FieldType.FLOAT64),
          Field.of("t", FieldType.TEXT),
          Field.of("c", FieldType.category(List.of("m", "f", "x"))),
          Field.of("b", FieldType.BOOL),
          Field.of("f", FieldType.tensor(2)));

  /** Returns a table whose rows have the identities 10, 11 and so on. */
  private static MemoryTable table(String column, @Nullable Object... values) {
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
    for (@Nullable Object value : values) {
      @Nullable Object[] row = new Object[SCHEMA.size()];
      row[SCHEMA.indexOf(column)] = value;
      builder.add(10 + builder.rows(), row);
    }
    return builder.build();
  }

  private static CheckReport report(Checks checks, Table... tables) {
    CheckRun run = checks.start(SCHEMA);
    for (Table table : tables) {
      run.test(table);
    }
    return run.report();
  }

  static Stream<Arguments> rules() {
    double inf = Double.POSITIVE_INFINITY;
    double nan = Double.NaN;
    long big = (1L << 53) + 1;
    @Nullable Object none = null;
    return Stream.of(
        // The rule, all values, those that fail.
        arguments(column("n").notNull(), List.of(), 1, none, 3),
        arguments(column("t").notNull(), List.of(), "", none),
        arguments(column("f").notNull(), List.of(), new float[2], none),
        arguments(column("n").between(-1, 2.5), List.of("-2", "3"), -2, -1, 0, 2, 3, none),
        arguments(column("n").between(0.5, 0.7), List.of("0", "1"), 0, 1),
        arguments(column("n").atLeast(0x1p53), List.of("9007199254740991"), big - 2, big - 1, big),
        arguments(column("n").atMost(0x1p63), List.of(), Long.MAX_VALUE, Long.MIN_VALUE),
        arguments(column("n").atLeast(0x1p63), List.of("9223372036854775807"), Long.MAX_VALUE),
        arguments(column("n").atMost(-0x1p63), List.of("0"), Long.MIN_VALUE, 0),
        arguments(column("n").atMost(-1e30), List.of("-9223372036854775808"), Long.MIN_VALUE),
        arguments(
            column("r").between(0, 1),
            List.of("-0.1", "1.5", "NaN"),
            0.0,
            -0.0,
            1.0,
            -0.1,
            1.5,
            nan,
            none),
        arguments(column("r").atLeast(0), List.of("-inf"), inf, -inf, 1e300),
        arguments(column("t").oneOf("a", "b"), List.of("c", ""), "a", "b", "c", "", none),
        arguments(column("c").oneOf("m", "f"), List.of("x"), "m", "x", none),
        arguments(column("n").oneOf(1, 2), List.of("3"), 1, 2, 3, none),
        arguments(column("b").oneOf("true"), List.of("false"), true, false, none),
        arguments(column("n").unique(), List.of("7", "7"), 7, 8, 7, none, none, 7),
        arguments(column("t").unique(), List.of("a"), "a", "b", "a", "", none),
        arguments(column("r").unique(), List.of("-0.0", "NaN"), 0.0, nan, -0.0, nan),
        arguments(
            column("f").unique(),
            List.of("1.0 2.0"),
            new float[] {1, 2},
            new float[] {2, 1},
            new float[] {1, 2}));
  }

  private static Arguments arguments(Rule rule, List<String> failing, @Nullable Object... values) {
    return Arguments.of(rule, failing, table(rule.column(), values));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void test_rule_findsTheRowsThatFail(Rule rule, List<String> failing, MemoryTable table) {
    CheckReport.Result result = report(Checks.of(rule), table).results().get(0);
    int missing = rule.toString().endsWith("must not be missing") ? 1 : 0;
    assertThat(result.failures()).isEqualTo(failing.size() + missing);
    if (missing == 0) {
      assertThat(result.first().stream().map(CheckReport.FailedRow::value)).isEqualTo(failing);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void document_ofARule_givesItBack(Rule rule, List<String> failing, MemoryTable table) {
    for (Rule each : List.of(rule, rule.note(), rule.refuse(), rule.setAside())) {
      Value parsed = Json.parse(each.toValue().canonicalJson());
      assertThat(Rule.fromValue(parsed)).isEqualTo(each).hasSameHashCodeAs(each);
      assertThat(Rule.fromValue(parsed).toValue()).isEqualTo(each.toValue());
    }
    assertThat(rule.note()).isNotEqualTo(rule.refuse());
    assertThat(rule.setAside()).isEqualTo(rule);
    Checks checks = Checks.of(rule, rule.refuse());
    assertThat(Checks.fromValue(checks.toValue())).isEqualTo(checks).hasSameHashCodeAs(checks);
    assertThat(failing.size()).isLessThanOrEqualTo(table.rows());
  }

  @Test
  void toString_saysTheRule() {
    assertThat(column("age").between(0, 120)).hasToString("age must be between 0 and 120");
    assertThat(column("age").atLeast(0.5)).hasToString("age must be at least 0.5");
    assertThat(column("age").atMost(7)).hasToString("age must be at most 7");
    assertThat(column("id").unique()).hasToString("id must be unique");
    assertThat(column("id").notNull()).hasToString("id must not be missing");
    assertThat(column("sex").oneOf("m", "f")).hasToString("sex must be one of [m, f]");
  }

  @Test
  void test_severity_decidesWhatIsSetAside() {
    Checks checks =
        Checks.of(
            column("n").between(0, 10).note(),
            column("n").between(0, 20),
            column("n").between(0, 30),
            column("n").between(0, 40).refuse());
    CheckRun run = checks.start(SCHEMA);
    SortedMap<Integer, CheckRun.Failure> aside = run.test(table("n", 5, 15, 25, 35, 45));
    assertThat(aside).containsOnlyKeys(2, 3, 4);
    // The first rule that sets aside is named.
    assertThat(aside.values().stream().map(failure -> failure.rule().toString()))
        .containsOnly("n must be between 0 and 20");
    assertThat(run.report().results().stream().map(CheckReport.Result::failures))
        .containsExactly(4L, 3L, 2L, 1L);
    assertThat(run.report().isClean()).isFalse();
    assertThat(run.report().refusals().stream().map(CheckReport.Result::toString))
        .containsExactly("n must be between 0 and 40 fails in 1 row");
  }

  @Test
  void test_unique_namesTheLineOfTheFirst() {
    CheckRun run = Checks.of(column("t").unique()).start(SCHEMA);
    run.test(table("t", "a", "b"));
    SortedMap<Integer, CheckRun.Failure> aside = run.test(table("t", "c", "b"));
    assertThat(aside).containsOnlyKeys(1);
    assertThat(aside.get(1))
        .extracting(failure -> failure == null ? "" : failure.problem())
        .isEqualTo("must be unique, but stands on line 11 already");
  }

  /** Counts are complete, and the first rows are kept, however the rows are cut into tables. */
  @Test
  void test_manyTables_areCountedAsOne() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Checks checks = Checks.of(column("n").between(0, 5), column("n").unique().note());
    MemoryTable.Builder all = MemoryTable.builder(SCHEMA);
    List<Table> pieces = new ArrayList<>();
    Map<Long, Integer> seen = new HashMap<>();
    long outside = 0;
    for (int piece = 0; piece < 20; piece++) {
      MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
      for (int i = random.nextInt(50); i > 0; i--) {
        long n = random.nextInt(40) - 10L;
        outside += n < 0 || n > 5 ? 1 : 0;
        seen.merge(n, 1, Integer::sum);
        builder.add(all.rows(), n, null, null, null, null, null);
        all.add(all.rows(), n, null, null, null, null, null);
      }
      pieces.add(builder.build());
    }
    CheckReport report = report(checks, pieces.toArray(Table[]::new));
    assertThat(report).as("seed %d", seed).isEqualTo(report(checks, all.build()));
    assertThat(report.rows()).isEqualTo(all.rows());
    assertThat(report.results().get(0).failures()).isEqualTo(outside);
    assertThat(report.results().get(0).first())
        .hasSize((int) Math.min(outside, CheckReport.MAX_FAILED_ROWS));
    assertThat(report.results().get(1).failures()).isEqualTo(all.rows() - seen.size());
  }

  @Test
  void report_stored_isTheSame() {
    Checks checks = Checks.of(column("r").atLeast(0), column("t").notNull().refuse());
    CheckReport report = report(checks, table("r", 1.0, -1.0, Double.NaN));
    List<StoredObject> stored = new ArrayList<>();
    report.writeTo(
        object -> {
          stored.add(object);
          return object.digest();
        });
    assertThat(stored).hasSize(1);
    assertThat(CheckReport.from(stored.get(0))).isEqualTo(report);
    assertThat(stored.get(0).digest()).isEqualTo(report.digest());
    assertThat(stored.get(0).payloadText())
        .isEqualTo(
            "{\"results\":[{\"failures\":2,\"first\":[{\"line\":11,\"value\":\"-1.0\"},"
                + "{\"line\":12,\"value\":\"NaN\"}],\"rule\":{\"column\":\"r\",\"expect\":"
                + "\"between\",\"max\":\"Infinity\",\"min\":0.0,\"severity\":\"set_aside\"}},"
                + "{\"failures\":3,\"first\":[{\"line\":10,\"value\":\"\"},{\"line\":11,\"value\":"
                + "\"\"},{\"line\":12,\"value\":\"\"}],\"rule\":{\"column\":\"t\",\"expect\":"
                + "\"not-null\",\"severity\":\"refuse\"}}],\"rows\":3}");
  }

  @Test
  void report_ofAnotherForm_isRefused() {
    StoredObject object =
        StoredObject.of(
            ObjectKind.CONTENT,
            CheckReport.TYPE,
            List.of(),
            Value.doc().put("rows", 1).put("results", Value.of("none")).build());
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> CheckReport.from(object))
        .withMessageContaining(object.digest().hex());
  }

  @Test
  void refused_saysRuleCountAndFirstRows() {
    Checks checks = Checks.of(column("n").atMost(1).refuse(), column("n").atMost(2).note());
    CheckReport report = report(checks, table("n", 0, 3, 4, 5, 6, 7, 8));
    assertThat(new ChecksRefusedException("data.csv", report))
        .hasMessage(
            "data.csv is refused and nothing was stored: n must be at most 1 fails in 6 rows of 7,"
                + " line 11 ('3'), line 12 ('4'), line 13 ('5'), line 14 ('6'), line 15 ('7'), …");
    assertThat(new ChecksRefusedException("data.csv", report).report()).isEqualTo(report);
  }

  @Test
  void start_ruleThatCannotApply_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.of(column("age").notNull()).start(SCHEMA))
        .withMessage("there is no column 'age' in [n, r, t, c, b, f]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.of(column("t").between(0, 1)).start(SCHEMA))
        .withMessage(
            "rule 't must be between 0 and 1' needs a number, but the column is of type text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.of(column("r").oneOf("1")).start(SCHEMA))
        .withMessageContaining("column is of type float64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.of(column("f").oneOf("1")).start(SCHEMA));
  }

  @Test
  void rule_badBounds_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> column("d").between(LocalDate.of(2025, 2, 1), LocalDate.of(2025, 1, 31)))
        .withMessage("last must not be before first 2025-02-01 but was 2025-01-31");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> column("n").between(2, 1))
        .withMessageContaining("2.0 and 1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> column("n").atLeast(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> column("n").oneOf(new String[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Rule.fromValue(
                    Value.doc()
                        .put("column", "n")
                        .put("expect", "magic")
                        .put("severity", "note")
                        .build()))
        .withMessage("there is no rule 'magic'");
  }
}
