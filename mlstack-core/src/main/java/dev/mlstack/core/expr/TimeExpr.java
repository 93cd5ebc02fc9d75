package dev.mlstack.core.expr;

import dev.mlstack.schema.Schema;
import java.time.Instant;

/**
 * An expression that gives times, in microseconds. Starts with {@link Expr#time}.
 *
 * <p>Parts of an instant are those in UTC; of a date and time without a zone, they are as they are.
 * Either can be compared with the other, as though it were in UTC. A date is the midnight with
 * which it begins; one so far from 1970 that 64 bits do not hold its microseconds, some 292,277
 * years, is missing.
 */
public final class TimeExpr extends Expr {

  TimeExpr(Node node) {
    super(node);
  }

  /**
   * Returns this for the rows of a schema.
   *
   * @throws IllegalArgumentException if a column is not there or of another type
   */
  public BoundTime bind(Schema schema) {
    return new Binder(schema).time(node());
  }

  /** Returns how many seconds this is behind another time, with their fraction. */
  public NumberExpr minus(TimeExpr start) {
    return new NumberExpr(start.call(Function.SECONDS_BETWEEN, this));
  }

  /** Returns how many seconds this is behind a time, with their fraction. */
  public NumberExpr minus(Instant start) {
    return minus(of(start));
  }

  /** Returns the year. */
  public NumberExpr year() {
    return new NumberExpr(call(Function.YEAR));
  }

  /** Returns the month, from 1 to 12. */
  public NumberExpr month() {
    return new NumberExpr(call(Function.MONTH));
  }

  /** Returns the day of the month, from 1 to 31. */
  public NumberExpr day() {
    return new NumberExpr(call(Function.DAY));
  }

  /** Returns the day of the week, from 1 for Monday to 7 for Sunday. */
  public NumberExpr dayOfWeek() {
    return new NumberExpr(call(Function.DAY_OF_WEEK));
  }

  /** Returns the day of the year, from 1 to 366. */
  public NumberExpr dayOfYear() {
    return new NumberExpr(call(Function.DAY_OF_YEAR));
  }

  /** Returns the hour, from 0 to 23. */
  public NumberExpr hour() {
    return new NumberExpr(call(Function.HOUR));
  }

  /** Returns the minute, from 0 to 59. */
  public NumberExpr minute() {
    return new NumberExpr(call(Function.MINUTE));
  }

  /** Returns the second, from 0 to 59, without its fraction. */
  public NumberExpr second() {
    return new NumberExpr(call(Function.SECOND));
  }

  /** Tells whether this is equal to another. */
  public TruthExpr equalTo(TimeExpr other) {
    return test(Function.EQ, other);
  }

  /** Tells whether this is equal to a constant. */
  public TruthExpr equalTo(Instant other) {
    return test(Function.EQ, of(other));
  }

  /** Tells whether this is not equal to another. */
  public TruthExpr notEqualTo(TimeExpr other) {
    return test(Function.NE, other);
  }

  /** Tells whether this is not equal to a constant. */
  public TruthExpr notEqualTo(Instant other) {
    return test(Function.NE, of(other));
  }

  /** Tells whether this is before another. */
  public TruthExpr before(TimeExpr other) {
    return test(Function.LT, other);
  }

  /** Tells whether this is before a constant. */
  public TruthExpr before(Instant other) {
    return test(Function.LT, of(other));
  }

  /** Tells whether this is not after another. */
  public TruthExpr notAfter(TimeExpr other) {
    return test(Function.LE, other);
  }

  /** Tells whether this is not after a constant. */
  public TruthExpr notAfter(Instant other) {
    return test(Function.LE, of(other));
  }

  /** Tells whether this is after another. */
  public TruthExpr after(TimeExpr other) {
    return test(Function.GT, other);
  }

  /** Tells whether this is after a constant. */
  public TruthExpr after(Instant other) {
    return test(Function.GT, of(other));
  }

  /** Tells whether this is not before another. */
  public TruthExpr notBefore(TimeExpr other) {
    return test(Function.GE, other);
  }

  /** Tells whether this is not before a constant. */
  public TruthExpr notBefore(Instant other) {
    return test(Function.GE, of(other));
  }

  /** Returns this, or something else where this is missing. */
  public TimeExpr ifMissing(TimeExpr other) {
    return new TimeExpr(call(Function.IF_MISSING, other));
  }

  /** Returns this, or a constant where this is missing. */
  public TimeExpr ifMissing(Instant other) {
    return ifMissing(of(other));
  }
}
