package dev.mlstack.core.expr;

import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A value computed from the columns of one row.
 *
 * <pre>{@code
 * TruthExpr risky =
 *     number("loan").dividedBy(number("income")).greaterThan(0.3)
 *         .and(text("country").oneOf("DE", "AT"));
 * Expr same = Expr.parse("loan / income > 0.3 and country in ('DE', 'AT')");
 * }</pre>
 *
 * <p><b>Missing values.</b> A function of a missing value is missing, but for {@code isMissing},
 * {@code ifMissing}, {@code when} and the truth functions, which follow SQL: {@code false and
 * missing} is false, {@code true or missing} is true, all else with a missing truth value is
 * missing; {@code when(missing)} takes the other branch. NaN is missing, also where it comes of
 * numbers that are not: {@code 0 / 0}, {@code log(-1)}. Infinities are values.
 *
 * <table>
 * <caption>Truth</caption>
 * <tr><th>a</th><th>b</th><th>a and b</th><th>a or b</th><th>not a</th></tr>
 * <tr><td>true</td><td>missing</td><td>missing</td><td>true</td><td>false</td></tr>
 * <tr><td>false</td><td>missing</td><td>false</td><td>missing</td><td>true</td></tr>
 * <tr><td>missing</td><td>missing</td><td>missing</td><td>missing</td><td>missing</td></tr>
 * </table>
 *
 * <p><b>Numbers</b> are doubles, so that whole numbers are exact up to 2<sup>53</sup>; where
 * columns or constants of whole numbers are compared with each other, all 64 bits count. Texts are
 * compared by their UTF-16 units, and counted in code points.
 *
 * <p><b>Text form.</b> From the weakest to the strongest: {@code or}; {@code and}; {@code not};
 * {@code = != < <= > >=}, {@code in (…)}, {@code not in (…)}, {@code is missing}, {@code is not
 * missing}; {@code + -}; {@code * / %}; {@code -}; functions, with the names that documents have,
 * such as {@code starts_with(city, 'B')} and {@code if(a > 1, b, c)}. A column stands with its
 * name, in double quotes where that is not a word; a text in single quotes; a time as {@code time
 * '2024-01-31T00:00:00Z'}. A quote inside is written twice. The kind of a column follows from where
 * it stands; where nothing says it, as in {@code a = b}, it is a number unless it is written as
 * {@code text(a)}, {@code truth(a)} or {@code time(a)}.
 *
 * <p>Immutable. Two are equal if their documents are.
 */
public abstract sealed class Expr permits NumberExpr, TextExpr, TruthExpr, TimeExpr {

  private final Node node;

  Expr(Node node) {
    this.node = node;
  }

  /** Returns the numbers of a column. */
  public static NumberExpr number(String column) {
    return new NumberExpr(new Node.Column(Kind.NUMBER, column));
  }

  /** Returns the texts of a column. */
  public static TextExpr text(String column) {
    return new TextExpr(new Node.Column(Kind.TEXT, column));
  }

  /** Returns the truth values of a column. */
  public static TruthExpr truth(String column) {
    return new TruthExpr(new Node.Column(Kind.TRUTH, column));
  }

  /** Returns the times of a column. */
  public static TimeExpr time(String column) {
    return new TimeExpr(new Node.Column(Kind.TIME, column));
  }

  /**
   * Returns a number.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public static NumberExpr of(double number) {
    return new NumberExpr(Node.Literal.of(number));
  }

  /** Returns a whole number. */
  public static NumberExpr of(long number) {
    return new NumberExpr(Node.Literal.of(number));
  }

  /** Returns a text. */
  public static TextExpr of(String text) {
    return new TextExpr(Node.Literal.of(text));
  }

  /** Returns true or false. */
  public static TruthExpr of(boolean truth) {
    return new TruthExpr(Node.Literal.of(truth));
  }

  /** Returns a time; what is finer than a microsecond is cut off. */
  public static TimeExpr of(Instant time) {
    return new TimeExpr(Node.Literal.ofMicros(FieldType.Timestamp.micros(time)));
  }

  /** Starts a choice: {@code when(cond).then(a).otherwise(b)}. */
  public static When when(TruthExpr condition) {
    return new When(condition);
  }

  /**
   * Returns the expression that a text says; see the class.
   *
   * @throws IllegalArgumentException if it says none; the message says where it goes wrong
   */
  public static Expr parse(String text) {
    return of(Parser.parse(text, null));
  }

  /**
   * Returns the condition that a text says; a column that stands alone is one of truth values.
   *
   * @throws IllegalArgumentException if it says none
   */
  public static TruthExpr parseTruth(String text) {
    return new TruthExpr(Parser.parse(text, Kind.TRUTH));
  }

  /**
   * Returns the expression that a document says. Where the document is a text, that is parsed.
   *
   * @throws IllegalArgumentException if it says none, or is deeper or larger than expressions may
   *     be
   */
  public static Expr fromValue(Value value) {
    return value instanceof Value.Text text ? parse(text.text()) : of(Documents.read(value));
  }

  static Expr of(Node node) {
    return switch (node.kind()) {
      case NUMBER -> new NumberExpr(node);
      case TEXT -> new TextExpr(node);
      case TRUTH -> new TruthExpr(node);
      case TIME -> new TimeExpr(node);
    };
  }

  final Node node() {
    return node;
  }

  final Node call(Function function, Expr... more) {
    Node[] args = new Node[more.length + 1];
    args[0] = node;
    for (int i = 0; i < more.length; i++) {
      args[i + 1] = more[i].node();
    }
    return Node.Call.of(function, List.of(args));
  }

  final TruthExpr test(Function function, Expr... more) {
    return new TruthExpr(call(function, more));
  }

  /** Returns what this gives. */
  public final Kind kind() {
    return node.kind();
  }

  /** Returns the names of the columns that this reads. */
  public final SortedSet<String> columns() {
    SortedSet<String> names = new TreeSet<>();
    node.addColumnsTo(names);
    return Collections.unmodifiableSortedSet(names);
  }

  /** Tells whether the value is missing. */
  public final TruthExpr isMissing() {
    return test(Function.IS_MISSING);
  }

  /**
   * Returns the document that says this: {@code {"column": "loan", "kind": "number"}}, {@code
   * {"number": 0.3}} (or text, truth, time), {@code {"call": "divide", "args": [ … ]}}.
   */
  public final Value toValue() {
    return Documents.write(node);
  }

  @Override
  public final boolean equals(Object object) {
    return object instanceof Expr other && node.equals(other.node);
  }

  @Override
  public final int hashCode() {
    return node.hashCode();
  }

  /** Returns the text that {@link #parse} takes. */
  @Override
  public final String toString() {
    return Printer.print(node);
  }
}
