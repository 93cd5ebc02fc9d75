package dev.mlstack.data.transform;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.expr.NumberExpr;
import dev.mlstack.core.expr.TimeExpr;
import java.util.Locale;
import java.util.function.Function;

/** A part of a date or a timestamp, in the calendar of ISO 8601; instants are taken in UTC. */
public enum TimePart {
  /** The year. It does not come around, so it has no cycle. */
  YEAR(TimeExpr::year, 0, 0),
  /** The month, from 1. */
  MONTH(TimeExpr::month, 1, 12),
  /** The day of the month, from 1. Its cycle has 31 days, however many the month has. */
  DAY(TimeExpr::day, 1, 31),
  /** The day of the year, from 1. Its cycle has 366 days. */
  DAY_OF_YEAR(TimeExpr::dayOfYear, 1, 366),
  /** The day of the week, from 1 for Monday. */
  DAY_OF_WEEK(TimeExpr::dayOfWeek, 1, 7),
  /** The hour, from 0. */
  HOUR(TimeExpr::hour, 0, 24),
  /** The minute, from 0. */
  MINUTE(TimeExpr::minute, 0, 60),
  /** The second, from 0. */
  SECOND(TimeExpr::second, 0, 60);

  private final Function<TimeExpr, NumberExpr> part;
  private final int start;
  private final int period;

  TimePart(Function<TimeExpr, NumberExpr> part, int start, int period) {
    this.part = part;
    this.start = start;
    this.period = period;
  }

  /** Returns the expression that takes this part of a column. */
  NumberExpr of(String column) {
    return part.apply(Expr.time(column));
  }

  /** Returns the least number of the part. */
  int start() {
    return start;
  }

  /** Returns after how many it comes around; 0 if it does not. */
  int period() {
    return period;
  }

  /** Returns the name of the part of a column: {@code ordered.hour}. */
  String nameOf(String column) {
    return column + "." + name().toLowerCase(Locale.ROOT);
  }
}
