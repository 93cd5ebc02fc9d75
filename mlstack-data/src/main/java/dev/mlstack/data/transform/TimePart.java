package dev.mlstack.data.transform;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.expr.NumberExpr;
import dev.mlstack.core.expr.TimeExpr;
import java.util.Locale;

/** A part of a date or a timestamp, in the calendar of ISO 8601; instants are taken in UTC. */
public enum TimePart {
  /** The year. It does not come around, so it has no cycle. */
  YEAR(0, 0),
  /** The month, from 1. */
  MONTH(1, 12),
  /** The day of the month, from 1. Its cycle has 31 days, however many the month has. */
  DAY(1, 31),
  /** The day of the year, from 1. Its cycle has 366 days. */
  DAY_OF_YEAR(1, 366),
  /** The day of the week, from 1 for Monday. */
  DAY_OF_WEEK(1, 7),
  /** The hour, from 0. */
  HOUR(0, 24),
  /** The minute, from 0. */
  MINUTE(0, 60),
  /** The second, from 0. */
  SECOND(0, 60);

  private final int start;
  private final int period;

  TimePart(int start, int period) {
    this.start = start;
    this.period = period;
  }

  /** Returns the expression that takes this part of a column. */
  NumberExpr of(String column) {
    TimeExpr time = Expr.time(column);
    return switch (this) {
      case YEAR -> time.year();
      case MONTH -> time.month();
      case DAY -> time.day();
      case DAY_OF_YEAR -> time.dayOfYear();
      case DAY_OF_WEEK -> time.dayOfWeek();
      case HOUR -> time.hour();
      case MINUTE -> time.minute();
      case SECOND -> time.second();
    };
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
