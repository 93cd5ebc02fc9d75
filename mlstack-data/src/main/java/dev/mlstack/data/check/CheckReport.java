package dev.mlstack.data.check;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.report.Report;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.TableCursor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What checking data came to: for each rule how many rows fail it, and which; or what was measured.
 *
 * <p>Stored as one object of type {@link #TYPE}, whose payload is the JSON document {@code {"rows":
 * …, "results": [{"rule": …, "failures": …, "first": [{"line": …, "value": …}, …], "measured": …},
 * …]}}. Where all rules are such as there were in version 1 ({@code notNull}, {@code unique}, {@code
 * between} and {@code oneOf}), it is written as {@link #TYPE_1}, which has no {@code measured}.
 *
 * <p>Two are equal if their documents are.
 */
public final class CheckReport implements Content {

  /** The type of a stored report. */
  public static final VersionedName TYPE = new VersionedName("checks", 2);

  /** The type of a stored report whose rules are all of the first forms. */
  public static final VersionedName TYPE_1 = new VersionedName("checks", 1);

  /** How many failing rows are kept with their values for each rule: 100. */
  public static final int MAX_FAILED_ROWS = 100;

  /** How many failing rows {@link #failures} gives for each rule: 10,000. */
  public static final int MAX_FAILED_IDS = 10_000;

  private final long rows;
  private final List<Result> results;
  private final @Nullable Checked checked;

  /**
   * Creates a report.
   *
   * @param rows how many rows were tested
   * @param results for each rule, in the order of the checks
   */
  public CheckReport(long rows, List<Result> results) {
    this(rows, results, null);
  }

  CheckReport(long rows, List<Result> results, @Nullable Checked checked) {
    this.rows = rows;
    this.results = List.copyOf(results);
    this.checked = checked;
  }

  /**
   * The data that was checked.
   *
   * @param ids the identities of rows that fail, for each rule
   */
  record Checked(Dataset dataset, List<long[]> ids) {}

  /**
   * What testing one rule came to.
   *
   * @param rule the rule
   * @param failures how many rows fail it; of a rule about all rows together, 1 if it fails
   * @param first the first of them, up to {@link #MAX_FAILED_ROWS}
   * @param measured what was measured over all rows; empty if rows were tested one by one
   */
  public record Result(Rule rule, long failures, List<FailedRow> first, String measured) {
    /** Copies the rows. */
    public Result {
      first = List.copyOf(first);
    }

    /** Creates the result of a rule that rows were tested against one by one. */
    public Result(Rule rule, long failures, List<FailedRow> first) {
      this(rule, failures, first, "");
    }

    /** Returns the rule and how many rows fail it, or what was measured. */
    @Override
    public String toString() {
      return rule.isWhole()
          ? rule + (failures == 0 ? ": " : ", but ") + measured
          : rule + " fails in " + failures + (failures == 1 ? " row" : " rows");
    }
  }

  /**
   * A row that fails a rule.
   *
   * @param line the line on which it begins, or its position or identity
   * @param value its value; empty if that is missing; of several columns, with commas between
   */
  public record FailedRow(long line, String value) {}

  /** Returns how many rows were tested. */
  public long rows() {
    return rows;
  }

  /** Returns what came of each rule, in the order of the checks. */
  public List<Result> results() {
    return results;
  }

  /** Tells whether nothing fails any rule. */
  public boolean isClean() {
    return results.stream().allMatch(result -> result.failures() == 0);
  }

  /** Returns the results of rules that refuse the data because rows fail them. */
  public List<Result> refusals() {
    return results.stream()
        .filter(result -> result.failures() > 0)
        .filter(result -> result.rule().severity() == Severity.REFUSE)
        .toList();
  }

  /**
   * Returns the rows that fail a rule, in their order, up to {@link #MAX_FAILED_IDS}; all that fail
   * if {@link Result#failures} is not more. Reads the dataset that was checked once more.
   *
   * @throws IllegalArgumentException if the rule is none of the report, or about all rows together
   * @throws IllegalStateException if this was made for a commit, which keeps the rows that were set
   *     aside, or was read from a store
   */
  public Dataset failures(Rule rule) {
    int index = results.stream().map(Result::rule).toList().indexOf(rule);
    if (index < 0 || rule.isWhole()) {
      throw new IllegalArgumentException(
          "rule '" + rule + "' " + (index < 0 ? "was not checked" : "is about all rows together"));
    }
    if (checked == null) {
      throw new IllegalStateException(
          "only a report of Checks.run can give the rows; a commit keeps those set aside");
    }
    Set<Long> ids = LongStream.of(checked.ids().get(index)).boxed().collect(Collectors.toSet());
    MemoryTable.Builder failing = MemoryTable.builder(checked.dataset().schema());
    checked
        .dataset()
        .forEach(
            table -> {
              TableCursor row = table.cursor();
              while (row.next()) {
                if (ids.contains(row.rowId())) {
                  failing.add(row.rowId(), row);
                }
              }
            });
    return MemoryDataset.of(failing.build());
  }

  /** Returns a page for people: what fails, and where. */
  public Report page(String title) {
    return new CheckPage(this, Optional.empty()).page(title);
  }

  /**
   * Returns a page for people: what fails, and where, and how the values of the columns are
   * distributed that rules are about.
   *
   * @param profile of the data that was checked
   */
  public Report page(String title, Profile profile) {
    return new CheckPage(this, Optional.of(profile)).page(title);
  }

  private boolean isFirstForm() {
    return results.stream().allMatch(result -> result.rule().expectation().isFirstForm());
  }

  /** Returns the document that says this. */
  public Value.Doc toValue() {
    return Value.doc()
        .put("rows", rows)
        .put("results", Value.of(results.stream().map(CheckReport::toValue).toList()))
        .build();
  }

  private static Value toValue(Result result) {
    List<Value.Doc> first =
        result.first().stream()
            .map(row -> Value.doc().put("line", row.line()).put("value", row.value()).build())
            .toList();
    Value.Doc.Builder doc =
        Value.doc()
            .put("rule", result.rule().toValue())
            .put("failures", result.failures())
            .put("first", Value.of(first));
    if (!result.measured().isEmpty()) {
      doc.put("measured", result.measured());
    }
    return doc.build();
  }

  /**
   * Returns the report that an object stores.
   *
   * @throws MalformedObjectException if it stores none
   */
  public static CheckReport from(StoredObject object) {
    VersionedName type = object.type().equals(TYPE_1) ? TYPE_1 : TYPE;
    Value.Doc doc = Json.payload(object.require(type));
    try {
      return new CheckReport(
          doc.whole("rows"),
          doc.items("results").stream().map(result -> result(result.asDoc())).toList());
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(object.digest(), type, String.valueOf(e.getMessage()));
    }
  }

  private static Result result(Value.Doc doc) {
    return new Result(
        Rule.fromValue(doc.get("rule")),
        doc.whole("failures"),
        doc.items("first").stream()
            .map(row -> new FailedRow(row.asDoc().whole("line"), row.asDoc().text("value")))
            .toList(),
        doc.has("measured") ? doc.text("measured") : "");
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    VersionedName type = isFirstForm() ? TYPE_1 : TYPE;
    return sink.put(StoredObject.of(ObjectKind.CONTENT, type, List.of(), toValue()));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof CheckReport other
        && rows == other.rows
        && results.equals(other.results);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(rows) + results.hashCode();
  }

  /** Returns the results. */
  @Override
  public String toString() {
    return rows + " rows: " + results;
  }
}
