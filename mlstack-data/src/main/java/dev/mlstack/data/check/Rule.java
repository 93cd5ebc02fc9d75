package dev.mlstack.data.check;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the values of a column, the rows or the table must be, and what happens where they are not.
 *
 * <p>A rule about each row sets aside the rows that fail, unless told otherwise; a rule about all
 * rows together, such as one about a mean, refuses the data. A missing value fails no rule but
 * {@code notNull}. Rules are values: two are equal if they say the same, and then so are their
 * documents.
 */
public final class Rule {

  private final String column;
  private final List<String> columns;
  private final Expectation expectation;
  private final Severity severity;

  private Rule(String column, List<String> columns, Expectation expectation, Severity severity) {
    if (severity == Severity.SET_ASIDE && expectation.isWhole()) {
      throw new IllegalArgumentException(
          "rule '"
              + subject(column, expectation)
              + " "
              + expectation.demand()
              + "' is about all rows together and can set none of them aside, only note or refuse");
    }
    this.column = column;
    this.columns = List.copyOf(columns);
    this.expectation = expectation;
    this.severity = severity;
  }

  /** Returns a rule about a column, or about the table if there is no name. */
  static Rule of(String column, Expectation expectation) {
    List<String> columns = column.isEmpty() ? List.of() : List.of(column);
    if (expectation instanceof KeyRules.UniqueKey key) {
      columns = key.columns();
    } else if (expectation instanceof ValueRules.Holds rows) {
      columns = List.copyOf(rows.condition().columns());
    }
    Severity severity = expectation.isWhole() ? Severity.REFUSE : Severity.SET_ASIDE;
    return new Rule(String.join(", ", columns), columns, expectation, severity);
  }

  private Rule with(Severity newSeverity) {
    return new Rule(column, columns, expectation, newSeverity);
  }

  /** Returns this rule, only counting what fails it. */
  public Rule note() {
    return with(Severity.NOTE);
  }

  /**
   * Returns this rule, setting aside the rows that fail it.
   *
   * @throws IllegalArgumentException if it is about all rows together
   */
  public Rule setAside() {
    return with(Severity.SET_ASIDE);
  }

  /** Returns this rule, refusing the data if a single row, or the whole, fails it. */
  public Rule refuse() {
    return with(Severity.REFUSE);
  }

  /**
   * Returns the name of the column; of several, all of them with commas between; the empty text if
   * it is about the table.
   */
  public String column() {
    return column;
  }

  /** Returns the names of the columns whose values are shown where a row fails. */
  public List<String> columns() {
    return columns;
  }

  /** Returns what happens to rows that fail. */
  public Severity severity() {
    return severity;
  }

  /** Tells whether this is about all rows together rather than each. */
  public boolean isWhole() {
    return expectation.isWhole();
  }

  /** Returns what a value must be, to follow its column: {@code must be at least 0}. */
  public String demand() {
    return expectation.demand();
  }

  Expectation expectation() {
    return expectation;
  }

  /** Starts to test data; see {@link Expectation#start}. */
  RuleTest start(Schema schema) {
    return expectation.start(schema, column);
  }

  /** Tells whether columns are named by the expectation itself. */
  private boolean isAboutColumn() {
    return !column.isEmpty()
        && !(expectation instanceof KeyRules.UniqueKey)
        && !(expectation instanceof ValueRules.Holds);
  }

  /** Returns the document that says this rule. */
  public Value.Doc toValue() {
    Value.Doc.Builder doc = expectation.describe(Value.doc());
    if (isAboutColumn()) {
      doc.put("column", column);
    }
    return doc.put("severity", severity.name().toLowerCase(Locale.ROOT)).build();
  }

  /**
   * Returns the rule that a document says, without other datasets, profiles and tests.
   *
   * @throws IllegalArgumentException if it says none
   */
  public static Rule fromValue(Value value) {
    return fromValue(value, CheckParts.NONE);
  }

  /**
   * Returns the rule that a document says.
   *
   * @param parts has what the document names
   * @throws IllegalArgumentException if it says none
   */
  public static Rule fromValue(Value value, CheckParts parts) {
    Value.Doc doc = value.asDoc();
    Expectation expectation = RuleDocuments.read(doc, parts);
    Rule rule = of(doc.has("column") ? doc.text("column") : "", expectation);
    Rule told = doc.has("severity") ? rule.with(severity(doc.text("severity"))) : rule;
    requireKnown(doc, told.toValue());
    return told;
  }

  private static Severity severity(String name) {
    for (Severity severity : Severity.values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(name)) {
        return severity;
      }
    }
    throw new IllegalArgumentException(
        "severity must be note, set_aside or refuse but was '" + name + "'");
  }

  /** Refuses members that say nothing, and a rule about a column that is not named. */
  private static void requireKnown(Value.Doc doc, Value.Doc written) {
    SortedMap<String, Value> unknown = new TreeMap<>(doc.members());
    unknown.keySet().removeAll(written.members().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "rule '" + doc.text("expect") + "' has no " + unknown.keySet());
    }
    boolean table =
        switch (doc.text("expect")) {
          case "rows", "unique-key", "row-count", "schema", "custom" -> true;
          default -> false;
        };
    if (!table && !written.has("column")) {
      throw new IllegalArgumentException(
          "rule '" + doc.text("expect") + "' must name its column");
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Rule other
        && column.equals(other.column)
        && expectation.equals(other.expectation)
        && severity == other.severity;
  }

  @Override
  public int hashCode() {
    return 31 * column.hashCode() + expectation.hashCode();
  }

  private static String subject(String column, Expectation expectation) {
    if (expectation instanceof ValueRules.Holds) {
      return "rows";
    }
    return column.isEmpty() ? expectation.isWhole() ? "the table" : "rows" : column;
  }

  /** Returns the column and what it must be. */
  @Override
  public String toString() {
    return subject(column, expectation) + " " + demand();
  }
}
