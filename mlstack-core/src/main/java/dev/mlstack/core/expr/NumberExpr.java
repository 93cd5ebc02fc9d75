package dev.mlstack.core.expr;

import dev.mlstack.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** An expression that gives numbers. Starts with {@link Expr#number}. */
public final class NumberExpr extends Expr {

  NumberExpr(Node node) {
    super(node);
  }

  /**
   * Returns this for the rows of a schema.
   *
   * @throws IllegalArgumentException if a column is not there or of another type
   */
  public BoundNumber bind(Schema schema) {
    return new Binder(schema).number(node());
  }

  private NumberExpr with(Function function, NumberExpr... more) {
    return new NumberExpr(call(function, more));
  }

  /** Returns the sum. */
  public NumberExpr plus(NumberExpr other) {
    return with(Function.ADD, other);
  }

  /** Returns the sum. */
  public NumberExpr plus(double other) {
    return with(Function.ADD, of(other));
  }

  /** Returns the difference. */
  public NumberExpr minus(NumberExpr other) {
    return with(Function.SUBTRACT, other);
  }

  /** Returns the difference. */
  public NumberExpr minus(double other) {
    return with(Function.SUBTRACT, of(other));
  }

  /** Returns the product. */
  public NumberExpr times(NumberExpr other) {
    return with(Function.MULTIPLY, other);
  }

  /** Returns the product. */
  public NumberExpr times(double other) {
    return with(Function.MULTIPLY, of(other));
  }

  /** Returns the quotient; by zero it is infinite, and missing for zero by zero. */
  public NumberExpr dividedBy(NumberExpr other) {
    return with(Function.DIVIDE, other);
  }

  /** Returns the quotient; by zero it is infinite, and missing for zero by zero. */
  public NumberExpr dividedBy(double other) {
    return with(Function.DIVIDE, of(other));
  }

  /** Returns what division by another leaves, with the sign of this. */
  public NumberExpr remainder(NumberExpr other) {
    return with(Function.REMAINDER, other);
  }

  /** Returns what division by another leaves, with the sign of this. */
  public NumberExpr remainder(double other) {
    return with(Function.REMAINDER, of(other));
  }

  /**
   * Returns this to a power: by repeated multiplication where that is whole and at most 1,024 in
   * size, as {@code exp(power * log(this))} elsewhere, with a relative error of about
   * 2<sup>-52</sup> times the size of that product. A negative number to a power that is not whole
   * is missing.
   */
  public NumberExpr pow(NumberExpr other) {
    return with(Function.POW, other);
  }

  /**
   * Returns this to a power: by repeated multiplication where that is whole and at most 1,024 in
   * size, as {@code exp(power * log(this))} elsewhere, with a relative error of about
   * 2<sup>-52</sup> times the size of that product. A negative number to a power that is not whole
   * is missing.
   */
  public NumberExpr pow(double other) {
    return with(Function.POW, of(other));
  }

  /** Returns the lesser of both. */
  public NumberExpr min(NumberExpr other) {
    return with(Function.MIN, other);
  }

  /** Returns the lesser of both. */
  public NumberExpr min(double other) {
    return with(Function.MIN, of(other));
  }

  /** Returns the greater of both. */
  public NumberExpr max(NumberExpr other) {
    return with(Function.MAX, other);
  }

  /** Returns the greater of both. */
  public NumberExpr max(double other) {
    return with(Function.MAX, of(other));
  }

  /** Returns this, but not below the least and not above the greatest. */
  public NumberExpr clip(double least, double greatest) {
    if (!(least <= greatest)) {
      throw new IllegalArgumentException(
          "least must not be above greatest but they are " + least + " and " + greatest);
    }
    return with(Function.CLIP, of(least), of(greatest));
  }

  /** Returns this with the other sign. */
  public NumberExpr negate() {
    return new NumberExpr(call(Function.NEGATE));
  }

  /** Returns the size without the sign. */
  public NumberExpr abs() {
    return new NumberExpr(call(Function.ABS));
  }

  /** Returns the square root; missing below 0. */
  public NumberExpr sqrt() {
    return new NumberExpr(call(Function.SQRT));
  }

  /** Returns the natural logarithm; missing below 0. */
  public NumberExpr log() {
    return new NumberExpr(call(Function.LOG));
  }

  /** Returns the natural logarithm of 1 plus this. */
  public NumberExpr log1p() {
    return new NumberExpr(call(Function.LOG1P));
  }

  /** Returns e to the power of this. */
  public NumberExpr exp() {
    return new NumberExpr(call(Function.EXP));
  }

  /** Returns the nearest whole number; of two, that farther from 0. */
  public NumberExpr round() {
    return new NumberExpr(call(Function.ROUND));
  }

  /** Returns the greatest whole number that is not above this. */
  public NumberExpr floor() {
    return new NumberExpr(call(Function.FLOOR));
  }

  /** Returns the least whole number that is not below this. */
  public NumberExpr ceil() {
    return new NumberExpr(call(Function.CEIL));
  }

  /** Tells whether this is equal to another. */
  public TruthExpr equalTo(NumberExpr other) {
    return test(Function.EQ, other);
  }

  /** Tells whether this is equal to a constant. */
  public TruthExpr equalTo(double other) {
    return test(Function.EQ, of(other));
  }

  /** Tells whether this is equal to a constant. */
  public TruthExpr equalTo(long other) {
    return test(Function.EQ, of(other));
  }

  /** Tells whether this is not equal to another. */
  public TruthExpr notEqualTo(NumberExpr other) {
    return test(Function.NE, other);
  }

  /** Tells whether this is not equal to a constant. */
  public TruthExpr notEqualTo(double other) {
    return test(Function.NE, of(other));
  }

  /** Tells whether this is not equal to a constant. */
  public TruthExpr notEqualTo(long other) {
    return test(Function.NE, of(other));
  }

  /** Tells whether this is less than another. */
  public TruthExpr lessThan(NumberExpr other) {
    return test(Function.LT, other);
  }

  /** Tells whether this is less than a constant. */
  public TruthExpr lessThan(double other) {
    return test(Function.LT, of(other));
  }

  /** Tells whether this is less than a constant. */
  public TruthExpr lessThan(long other) {
    return test(Function.LT, of(other));
  }

  /** Tells whether this is at most another. */
  public TruthExpr atMost(NumberExpr other) {
    return test(Function.LE, other);
  }

  /** Tells whether this is at most a constant. */
  public TruthExpr atMost(double other) {
    return test(Function.LE, of(other));
  }

  /** Tells whether this is at most a constant. */
  public TruthExpr atMost(long other) {
    return test(Function.LE, of(other));
  }

  /** Tells whether this is greater than another. */
  public TruthExpr greaterThan(NumberExpr other) {
    return test(Function.GT, other);
  }

  /** Tells whether this is greater than a constant. */
  public TruthExpr greaterThan(double other) {
    return test(Function.GT, of(other));
  }

  /** Tells whether this is greater than a constant. */
  public TruthExpr greaterThan(long other) {
    return test(Function.GT, of(other));
  }

  /** Tells whether this is at least another. */
  public TruthExpr atLeast(NumberExpr other) {
    return test(Function.GE, other);
  }

  /** Tells whether this is at least a constant. */
  public TruthExpr atLeast(double other) {
    return test(Function.GE, of(other));
  }

  /** Tells whether this is at least a constant. */
  public TruthExpr atLeast(long other) {
    return test(Function.GE, of(other));
  }

  /** Tells whether this is in a range, both ends included. */
  public TruthExpr between(double least, double greatest) {
    return atLeast(least).and(atMost(greatest));
  }

  /** Tells whether this is one of several numbers, at least one. */
  public TruthExpr oneOf(double... numbers) {
    List<Node> args = new ArrayList<>(List.of(node()));
    for (double number : numbers) {
      args.add(Node.Literal.of(number));
    }
    return new TruthExpr(Node.Call.of(Function.IN, args));
  }

  /** Returns this, or something else where this is missing. */
  public NumberExpr ifMissing(NumberExpr other) {
    return new NumberExpr(call(Function.IF_MISSING, other));
  }

  /** Returns this, or a constant where this is missing. */
  public NumberExpr ifMissing(double other) {
    return ifMissing(of(other));
  }
}
