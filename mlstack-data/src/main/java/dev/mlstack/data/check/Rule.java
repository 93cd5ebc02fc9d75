package dev.mlstack.data.check;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import java.util.Locale;

/**
 * What the values of a column must be, and what happens to rows where they are not. Sets rows aside
 * unless told otherwise.
 *
 * <p>A missing value fails no rule but {@code notNull}. Rules are values: two are equal if they say
 * the same, and then so are their documents.
 */
public final class Rule {

  private final String column;
  private final Expectation expectation;
  private final Severity severity;

  Rule(String column, Expectation expectation, Severity severity) {
    this.column = column;
    this.expectation = expectation;
    this.severity = severity;
  }

  /** Returns this rule, only counting the rows that fail it. */
  public Rule note() {
    return new Rule(column, expectation, Severity.NOTE);
  }

  /** Returns this rule, setting aside the rows that fail it. */
  public Rule setAside() {
    return new Rule(column, expectation, Severity.SET_ASIDE);
  }

  /** Returns this rule, refusing the data if a single row fails it. */
  public Rule refuse() {
    return new Rule(column, expectation, Severity.REFUSE);
  }

  /** Returns the name of the column. */
  public String column() {
    return column;
  }

  /** Returns what happens to rows that fail. */
  public Severity severity() {
    return severity;
  }

  /** Returns what a value must be, to follow its column: {@code must be at least 0.0}. */
  public String demand() {
    return expectation.demand();
  }

  RuleRun start(Schema schema) {
    int index = schema.indexOf(column);
    return new RuleRun(this, index, expectation.start(schema.field(index)));
  }

  /** Returns the document that says this rule. */
  public Value.Doc toValue() {
    return expectation
        .describe(Value.doc())
        .put("column", column)
        .put("severity", severity.name().toLowerCase(Locale.ROOT))
        .build();
  }

  /**
   * Returns the rule that a document says.
   *
   * @throws IllegalArgumentException if it says none
   */
  public static Rule fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    return new Rule(
        doc.text("column"),
        Expectation.from(doc),
        Severity.valueOf(doc.text("severity").toUpperCase(Locale.ROOT)));
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

  /** Returns the column and what it must be. */
  @Override
  public String toString() {
    return column + " " + demand();
  }
}
