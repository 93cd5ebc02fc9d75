package dev.mlstack.core.expr;

import dev.mlstack.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression that gives texts. Starts with {@link Expr#text}. What a letter in lower or upper
 * case is, is said by the Unicode version of the JDK, without regard to any language.
 */
public final class TextExpr extends Expr {

  TextExpr(Node node) {
    super(node);
  }

  /**
   * Returns this for the rows of a schema.
   *
   * @throws IllegalArgumentException if a column is not there or of another type
   */
  public BoundText bind(Schema schema) {
    return new Binder(schema).text(node());
  }

  /** Returns how many code points there are. */
  public NumberExpr length() {
    return new NumberExpr(call(Function.LENGTH));
  }

  /** Returns this without white space at either end. */
  public TextExpr trim() {
    return new TextExpr(call(Function.TRIM));
  }

  /** Returns this in lower case. */
  public TextExpr lower() {
    return new TextExpr(call(Function.LOWER));
  }

  /** Returns this in upper case. */
  public TextExpr upper() {
    return new TextExpr(call(Function.UPPER));
  }

  /** Returns this and behind it another text. */
  public TextExpr concat(TextExpr other) {
    return new TextExpr(call(Function.CONCAT, other));
  }

  /** Returns this and behind it another text. */
  public TextExpr concat(String other) {
    return new TextExpr(call(Function.CONCAT, of(other)));
  }

  /** Tells whether another text stands in this one. */
  public TruthExpr contains(TextExpr other) {
    return new TruthExpr(call(Function.CONTAINS, other));
  }

  /** Tells whether another text stands in this one. */
  public TruthExpr contains(String other) {
    return new TruthExpr(call(Function.CONTAINS, of(other)));
  }

  /** Tells whether this starts with another text. */
  public TruthExpr startsWith(TextExpr other) {
    return new TruthExpr(call(Function.STARTS_WITH, other));
  }

  /** Tells whether this starts with another text. */
  public TruthExpr startsWith(String other) {
    return new TruthExpr(call(Function.STARTS_WITH, of(other)));
  }

  /** Tells whether this ends with another text. */
  public TruthExpr endsWith(TextExpr other) {
    return new TruthExpr(call(Function.ENDS_WITH, other));
  }

  /** Tells whether this ends with another text. */
  public TruthExpr endsWith(String other) {
    return new TruthExpr(call(Function.ENDS_WITH, of(other)));
  }

  /**
   * Returns a part of this; what is beyond its end is left out.
   *
   * @param from how many code points to leave out at the start, 0 or more
   * @param length how many to take, 0 or more
   */
  public TextExpr substring(int from, int length) {
    return new TextExpr(call(Function.SUBSTRING, of((long) from), of((long) length)));
  }

  /**
   * Returns this with each occurrence of a text replaced by another, from the start.
   *
   * @param text what to look for, not empty
   */
  public TextExpr replace(String text, String by) {
    return new TextExpr(call(Function.REPLACE, of(text), of(by)));
  }

  /**
   * Tells whether the whole of this matches a regular expression; see {@link TextPattern}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public TruthExpr matches(String expression) {
    return test(Function.MATCHES, of(expression));
  }

  /** Tells whether this is one of several texts, at least one. */
  public TruthExpr oneOf(String... texts) {
    List<Node> args = new ArrayList<>(List.of(node()));
    for (String text : texts) {
      args.add(Node.Literal.of(text));
    }
    return new TruthExpr(Node.Call.of(Function.IN, args));
  }

  /** Tells whether this is equal to another. */
  public TruthExpr equalTo(TextExpr other) {
    return test(Function.EQ, other);
  }

  /** Tells whether this is equal to a constant. */
  public TruthExpr equalTo(String other) {
    return test(Function.EQ, of(other));
  }

  /** Tells whether this is not equal to another. */
  public TruthExpr notEqualTo(TextExpr other) {
    return test(Function.NE, other);
  }

  /** Tells whether this is not equal to a constant. */
  public TruthExpr notEqualTo(String other) {
    return test(Function.NE, of(other));
  }

  /** Tells whether this is less than another. */
  public TruthExpr lessThan(TextExpr other) {
    return test(Function.LT, other);
  }

  /** Tells whether this is less than a constant. */
  public TruthExpr lessThan(String other) {
    return test(Function.LT, of(other));
  }

  /** Tells whether this is at most another. */
  public TruthExpr atMost(TextExpr other) {
    return test(Function.LE, other);
  }

  /** Tells whether this is at most a constant. */
  public TruthExpr atMost(String other) {
    return test(Function.LE, of(other));
  }

  /** Tells whether this is greater than another. */
  public TruthExpr greaterThan(TextExpr other) {
    return test(Function.GT, other);
  }

  /** Tells whether this is greater than a constant. */
  public TruthExpr greaterThan(String other) {
    return test(Function.GT, of(other));
  }

  /** Tells whether this is at least another. */
  public TruthExpr atLeast(TextExpr other) {
    return test(Function.GE, other);
  }

  /** Tells whether this is at least a constant. */
  public TruthExpr atLeast(String other) {
    return test(Function.GE, of(other));
  }

  /** Returns this, or something else where this is missing. */
  public TextExpr ifMissing(TextExpr other) {
    return new TextExpr(call(Function.IF_MISSING, other));
  }

  /** Returns this, or a constant where this is missing. */
  public TextExpr ifMissing(String other) {
    return ifMissing(of(other));
  }
}
