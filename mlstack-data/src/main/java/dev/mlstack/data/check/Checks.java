package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.expr.TextPattern;
import dev.mlstack.core.expr.TimeExpr;
import dev.mlstack.core.expr.TruthExpr;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.Dataset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
 *         column("zip").matches("[0-9]{5}(-[0-9]{4})?"),
 *         column("customer").in(customers, "id"),
 *         Checks.rows("time(discharged) >= time(admitted)"),
 *         column("age").mean(30, 60).note());
 * CheckReport report = checks.run(dataset, Execution.here());
 * }</pre>
 *
 * <p>One pass over the data computes all. A commit takes them along and sets rows aside; {@link
 * #run} checks any dataset as it is. As a document they are a list of rules, which people can write
 * by hand: {@code [{"column": "age", "expect": "between", "min": 0, "max": 120}, {"expect": "rows",
 * "condition": "a < b", "severity": "note"}]}.
 *
 * <p>Immutable.
 */
public final class Checks {

  /** The greatest number of rules in a document: 10,000. */
  public static final int MAX_RULES = 10_000;

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

  /** Returns rules that were proposed. */
  public static Checks of(List<Proposal> proposals) {
    return new Checks(proposals.stream().map(Proposal::rule).toList());
  }

  /**
   * Proposes rules that the profiled data follows, with some slack for other data of its kind, each
   * with why; see {@link Proposal}.
   */
  public static List<Proposal> propose(Profile profile) {
    return Proposals.of(profile);
  }

  /** Starts a rule about a column. */
  public static Column column(String name) {
    return new Column(name);
  }

  /** A condition must not be false in any row. Where it is missing, the row follows the rule. */
  public static Rule rows(TruthExpr condition) {
    return Rule.of("", new ValueRules.Holds(condition));
  }

  /**
   * A condition must not be false in any row.
   *
   * @param condition in the text form of {@link dev.mlstack.core.expr.Expr}
   */
  public static Rule rows(String condition) {
    return rows(Expr.parseTruth(condition));
  }

  /** Each row must pass a test that the application brings. */
  public static Rule rows(RowCheck check) {
    return Rule.of("", new ValueRules.Custom(check));
  }

  /**
   * The values of several columns must not come together twice. All rows but the first fail, apart
   * from those without a value in one of them.
   */
  public static Rule key(String... columns) {
    return Rule.of("", new KeyRules.UniqueKey(List.of(columns)));
  }

  /** There must be so many rows, both ends included. */
  public static Rule rowCount(long min, long max) {
    return Rule.of("", new TableRules.RowCount(min, max));
  }

  /** There must be at least so many rows. */
  public static Rule rowCount(long min) {
    return rowCount(min, Long.MAX_VALUE);
  }

  /** Columns, their types, and whether they may be missing must be those of a schema. */
  public static Rule schema(Schema expected) {
    return Rule.of("", new TableRules.HasSchema(expected));
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
    return fromValue(value, CheckParts.NONE);
  }

  /**
   * Returns the rules that a document says.
   *
   * @param parts has the datasets, profiles and tests that the document names
   * @throws IllegalArgumentException if it says none, or more than {@link #MAX_RULES}
   */
  public static Checks fromValue(Value value, CheckParts parts) {
    List<Value> items = value.asItems();
    if (items.size() > MAX_RULES) {
      throw new IllegalArgumentException(
          "there must be at most " + MAX_RULES + " rules but there are " + items.size());
    }
    return new Checks(items.stream().map(item -> Rule.fromValue(item, parts)).toList());
  }

  /**
   * Checks a dataset. It is read once, and some rows again if they are not unique. The result does
   * not depend on threads or on how the data is cut into tables and shards. Rules about rows take
   * little memory; those about unique values and keys take what these take, some 12 bytes more for
   * each.
   *
   * @param execution reads shards in parallel, receives progress and may be cancelled
   * @throws IllegalArgumentException if a rule is about a column that is not there, or of a type
   *     that it does not apply to
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   */
  public CheckReport run(Dataset dataset, Execution execution) {
    return new DatasetCheck(rules, dataset, execution).run();
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
      return Rule.of(name, expectation);
    }

    /** Every row must have a value. */
    public Rule notNull() {
      return rule(new ValueRules.NotNull());
    }

    /** No value may come twice. All rows but the first with a value fail. */
    public Rule unique() {
      return rule(new KeyRules.Unique());
    }

    /** Numbers must be in a range, both ends included; NaN is in none. */
    public Rule between(double min, double max) {
      return rule(new ValueRules.Between(min, max));
    }

    /** Numbers must not be below a bound. */
    public Rule atLeast(double min) {
      return between(min, Double.POSITIVE_INFINITY);
    }

    /** Numbers must not be above a bound. */
    public Rule atMost(double max) {
      return between(Double.NEGATIVE_INFINITY, max);
    }

    /** Dates or times must be on days in a range, both ends included, in UTC. */
    public Rule between(LocalDate first, LocalDate last) {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException(
            "last must not be before first " + first + " but was " + last);
      }
      TimeExpr time = Expr.time(name);
      return rows(
          time.notBefore(first.atStartOfDay(ZoneOffset.UTC).toInstant())
              .and(time.before(last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())));
    }

    /** Texts or categories must be one of several. */
    public Rule oneOf(String... values) {
      return rule(new ValueRules.OneOf(List.of(values)));
    }

    /** Whole numbers must be one of several. */
    public Rule oneOf(long... values) {
      return rule(new ValueRules.OneOf(Arrays.stream(values).mapToObj(Long::toString).toList()));
    }

    /**
     * Whole texts must match a regular expression; see {@link TextPattern}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Rule matches(String expression) {
      return rule(new ValueRules.Matches(new TextPattern(expression)));
    }

    /** Texts must have so many code points, both ends included. */
    public Rule length(long min, long max) {
      return rule(new ValueRules.Length(min, max));
    }

    /**
     * Values must stand in a column of another dataset, whose values are kept in memory meanwhile.
     *
     * @param dataset stays usable as long as the rule is
     */
    public Rule in(Dataset dataset, String other) {
      dataset.schema().indexOf(other);
      return rule(new KeyRules.References(dataset.digest(), other, dataset));
    }

    /** Numbers, dates or times must not be less than the one before. */
    public Rule increasing() {
      return rule(new KeyRules.Increasing(/* strictly= */ false));
    }

    /** Numbers, dates or times must be greater than the one before. */
    public Rule strictlyIncreasing() {
      return rule(new KeyRules.Increasing(/* strictly= */ true));
    }

    /** The column must be of a type. */
    public Rule type(FieldType type) {
      return rule(new TableRules.HasType(type));
    }

    /**
     * At most so many values may be missing; NaN counts as missing.
     *
     * @param max from 0 to 1
     */
    public Rule nullShare(double max) {
      return rule(new ColumnRules.NullShare(max));
    }

    /**
     * The number of different values, divided by that of all that are not missing, must be in a
     * range.
     *
     * @param min from 0 to 1
     * @param max from 0 to 1
     */
    public Rule distinctShare(double min, double max) {
      return rule(new ColumnRules.DistinctShare(min, max));
    }

    /** The mean of numbers that are not missing must be in a range. */
    public Rule mean(double min, double max) {
      return rule(new ColumnRules.Moment(/* deviation= */ false, min, max));
    }

    /** The standard deviation of numbers that are not missing must be in a range. */
    public Rule deviation(double min, double max) {
      return rule(new ColumnRules.Moment(/* deviation= */ true, min, max));
    }

    /**
     * A quantile of numbers that are not missing must be in a range: the least value that at least
     * so many of all do not exceed.
     *
     * @param share from 0 to 1: 0.5 for the median
     */
    public Rule quantile(double share, double min, double max) {
      return rule(new ColumnRules.Quantile(share, min, max));
    }

    /** The newest date or time must not be before an instant; a date, not before its day. */
    public Rule fresh(Instant least) {
      return rule(new ColumnRules.Fresh(FieldType.Timestamp.micros(least)));
    }

    /**
     * Values must be distributed as in earlier data, counted in the cells of its profile: their
     * Jensen-Shannon distance, from 0 to 1, must not be above a bound.
     */
    public Rule like(Profile earlier, double maxDistance) {
      return like(earlier, maxDistance, /* kolmogorov= */ false);
    }

    /**
     * Numbers must be distributed as in earlier data: the Kolmogorov-Smirnov distance over the
     * cells of its profile, from 0 to 1, must not be above a bound.
     */
    public Rule likeNumbers(Profile earlier, double maxDistance) {
      return like(earlier, maxDistance, /* kolmogorov= */ true);
    }

    private Rule like(Profile earlier, double max, boolean kolmogorov) {
      earlier.column(name);
      return rule(new ColumnRules.Like(earlier.digest(), max, kolmogorov, earlier));
    }
  }
}
