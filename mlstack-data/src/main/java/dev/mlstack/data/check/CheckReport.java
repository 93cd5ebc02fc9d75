package dev.mlstack.data.check;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * What checking data came to: for each rule how many rows fail it, and the first of them.
 *
 * <p>Stored as one object of type {@link #TYPE}, whose payload is the JSON document {@code {"rows":
 * …, "results": [{"rule": …, "failures": …, "first": [{"line": …, "value": …}, …]}, …]}}.
 *
 * @param rows how many rows were tested
 * @param results for each rule, in the order of the checks
 */
public record CheckReport(long rows, List<Result> results) implements Content {

  /** The type of a stored report. */
  public static final VersionedName TYPE = new VersionedName("checks", 1);

  /** How many failing rows are kept for each rule: 100. */
  public static final int MAX_FAILED_ROWS = 100;

  /** Copies the results. */
  public CheckReport {
    results = List.copyOf(results);
  }

  /**
   * What testing one rule came to.
   *
   * @param rule the rule
   * @param failures how many rows fail it
   * @param first the first of them, up to {@link #MAX_FAILED_ROWS}
   */
  public record Result(Rule rule, long failures, List<FailedRow> first) {
    /** Copies the rows. */
    public Result {
      first = List.copyOf(first);
    }

    /** Returns the rule and how many rows fail it. */
    @Override
    public String toString() {
      return rule + " fails in " + failures + (failures == 1 ? " row" : " rows");
    }
  }

  /**
   * A row that fails a rule.
   *
   * @param line the line on which it begins, or its position
   * @param value its value; empty if that is missing
   */
  public record FailedRow(long line, String value) {}

  /** Tells whether no row fails any rule. */
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

  private Value.Doc toValue() {
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
    return Value.doc()
        .put("rule", result.rule().toValue())
        .put("failures", result.failures())
        .put("first", Value.of(first))
        .build();
  }

  /**
   * Returns the report that an object stores.
   *
   * @throws MalformedObjectException if it stores none
   */
  public static CheckReport from(StoredObject object) {
    Value.Doc doc = Json.payload(object.require(TYPE));
    try {
      return new CheckReport(
          doc.whole("rows"),
          doc.items("results").stream().map(result -> result(result.asDoc())).toList());
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(object.digest(), TYPE, String.valueOf(e.getMessage()));
    }
  }

  private static Result result(Value.Doc doc) {
    return new Result(
        Rule.fromValue(doc.get("rule")),
        doc.whole("failures"),
        doc.items("first").stream()
            .map(row -> new FailedRow(row.asDoc().whole("line"), row.asDoc().text("value")))
            .toList());
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), toValue()));
  }
}
