package dev.mlstack.data.internal;

import dev.mlstack.data.internal.TimePattern.Kind;
import dev.mlstack.data.internal.TimePattern.Step;

/**
 * Reads dates and times that are written by a pattern. What stands in brackets is read wherever it
 * fits, from left to right, and never given back. The last result is kept in fields; not safe for
 * use by several threads at once.
 */
// The ordinal is an index into arrays that live as long as this, and is never stored.
@SuppressWarnings("EnumOrdinal")
final class PatternReader {

  private static final int MICRO_DIGITS = 6;
  private static final int MAX_HOUR = 23;
  private static final int MAX_MINUTE = 59;

  private final Step[] steps;
  private final int[] values = new int[Kind.ZONE.ordinal() + 1];
  private int seen;

  PatternReader(TimePattern pattern) {
    this.steps = pattern.steps();
  }

  /** Reads a value; {@code false} if there is none, or something behind it. */
  boolean read(byte[] bytes, int from, int to) {
    seen = 0;
    return run(bytes, from, to, 0, steps.length) == to
        && Times.isDay(value(Kind.YEAR), value(Kind.MONTH), value(Kind.DAY))
        && value(Kind.HOUR) <= MAX_HOUR
        && value(Kind.MINUTE) <= MAX_MINUTE
        && value(Kind.SECOND) <= MAX_MINUTE;
  }

  /** Returns the days from 1970-01-01 to the date that was read. */
  long days() {
    return Times.epochDay(value(Kind.YEAR), value(Kind.MONTH), value(Kind.DAY));
  }

  /** Returns the microseconds from midnight, in the zone if there was one. */
  long microsOfDay() {
    int seconds =
        3600 * value(Kind.HOUR) + 60 * value(Kind.MINUTE) + value(Kind.SECOND) - value(Kind.ZONE);
    return 1_000_000L * seconds + value(Kind.FRACTION);
  }

  boolean hasZone() {
    return has(Kind.ZONE);
  }

  private boolean has(Kind kind) {
    return (seen >> kind.ordinal() & 1) != 0;
  }

  private int value(Kind kind) {
    return has(kind) ? values[kind.ordinal()] : 0;
  }

  private void set(Kind kind, int value) {
    values[kind.ordinal()] = value;
    seen |= 1 << kind.ordinal();
  }

  /** Follows some of the steps; returns the index behind what was read, -1 if they do not fit. */
  private int run(byte[] bytes, int from, int to, int first, int last) {
    int at = from;
    int i = first;
    while (i < last && at >= 0) {
      Step step = steps[i];
      if (step.kind() == Kind.OPEN) {
        at = option(bytes, at, to, i);
        i = step.least();
      } else {
        at = follow(step, bytes, at, to);
      }
      i++;
    }
    return at;
  }

  /** Reads what stands in brackets, if it is there. */
  private int option(byte[] bytes, int from, int to, int opening) {
    int seenBefore = seen;
    int end = run(bytes, from, to, opening + 1, steps[opening].least());
    if (end >= 0) {
      return end;
    }
    seen = seenBefore;
    return from;
  }

  private int follow(Step step, byte[] bytes, int from, int to) {
    if (step.kind() == Kind.LITERAL) {
      return from < to && bytes[from] == step.least() ? from + 1 : -1;
    } else if (has(step.kind())) {
      return -1;
    }
    return step.kind() == Kind.ZONE ? zone(bytes, from, to) : number(step, bytes, from, to);
  }

  private int zone(byte[] bytes, int from, int to) {
    int offset = from < to ? Times.zoneOffset(bytes, from, to) : Integer.MIN_VALUE;
    if (offset == Integer.MIN_VALUE) {
      return -1;
    }
    set(Kind.ZONE, offset);
    return to;
  }

  private int number(Step step, byte[] bytes, int from, int to) {
    int end = Math.min(to, from + step.most());
    int at = from;
    int value = 0;
    for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      value = 10 * value + bytes[at] - '0';
    }
    if (at - from < step.least()) {
      return -1;
    }
    set(step.kind(), step.kind() == Kind.FRACTION ? micros(value, at - from) : value);
    return at;
  }

  /** Returns the microseconds of a fraction; what is finer is cut off. */
  private static int micros(int fraction, int digits) {
    int micros = fraction;
    for (int i = digits; i < MICRO_DIGITS; i++) {
      micros *= 10;
    }
    for (int i = digits; i > MICRO_DIGITS; i--) {
      micros /= 10;
    }
    return micros;
  }
}
