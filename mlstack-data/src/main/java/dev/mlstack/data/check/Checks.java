package dev.mlstack.data.check;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Rules that data must follow.
 *
 * <pre>{@code
 * Checks checks =
 *     Checks.of(
 *         column("mean_radius").between(0, 50),
 *         column("id").unique().refuse(),
 *         column("sex").oneOf("m", "f").note());
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Checks {

  private static final Checks NONE = new Checks(List.of());

  private final List<Rule> rules;

  private Checks(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Returns no rules. */
  public static Checks none() {
    return NONE;
  }

  /** Returns rules. Where a row fails several, the first of those that set aside is named. */
  public static Checks of(Rule... rules) {
    return new Checks(List.of(rules));
  }

  /** Starts a rule about a column. */
  public static Column column(String name) {
    return new Column(name);
  }

  /** Returns the rules. */
  public List<Rule> rules() {
    return rules;
  }

  /** Returns the document that says these rules. */
  public Value toValue() {
    return Value.of(rules.stream().map(Rule::toValue).toList());
  }

  /**
   * Returns the rules that a document says.
   *
   * @throws IllegalArgumentException if it says none
   */
  public static Checks fromValue(Value value) {
    return new Checks(value.asItems().stream().map(Rule::fromValue).toList());
  }

  /**
   * Starts a pass over data.
   *
   * @throws IllegalArgumentException if a rule is about a column that is not there, or of a type
   *     that it does not apply to
   */
  public CheckRun start(Schema schema) {
    return new CheckRun(rules, schema);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Checks other && rules.equals(other.rules);
  }

  @Override
  public int hashCode() {
    return rules.hashCode();
  }

  /** Returns the rules. */
  @Override
  public String toString() {
    return rules.toString();
  }

  /** The name of a column, for which rules can be made. */
  public static final class Column {
    private final String name;

    private Column(String name) {
      this.name = name;
    }

    private Rule rule(Expectation expectation) {
      return new Rule(name, expectation, Severity.SET_ASIDE);
    }

    /** Every row must have a value. */
    public Rule notNull() {
      return rule(new Expectation.NotNull());
    }

    /** No value may come twice. All rows but the first with a value fail. */
    public Rule unique() {
      return rule(new Expectation.Unique());
    }

    /** Numbers must be in a range, both ends included; NaN is in none. */
    public Rule between(double min, double max) {
      return rule(new Expectation.Between(min, max));
    }

    /** Numbers must not be below a bound. */
    public Rule atLeast(double min) {
      return between(min, Double.POSITIVE_INFINITY);
    }

    /** Numbers must not be above a bound. */
    public Rule atMost(double max) {
      return between(Double.NEGATIVE_INFINITY, max);
    }

    /** Texts or categories must be one of several. */
    public Rule oneOf(String... values) {
      return rule(new Expectation.OneOf(List.of(values)));
    }

    /** Whole numbers must be one of several. */
    public Rule oneOf(long... values) {
      return rule(new Expectation.OneOf(Arrays.stream(values).mapToObj(Long::toString).toList()));
    }
  }
}
