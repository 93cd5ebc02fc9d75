package dev.mlstack.data.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How dates, or dates with times, are written: {@code dd.MM.yyyy HH:mm[:ss]}.
 *
 * <p>The letters are those of {@link java.time.format.DateTimeFormatter}: {@code yyyy} or {@code
 * uuuu} for a year of four digits, {@code MM}, {@code dd}, {@code HH}, {@code mm} and {@code ss}
 * for two digits, a single one of these letters for one digit or two, as many {@code S} as a
 * fraction has digits, and {@code X} at the end for a zone. What stands in brackets may be there or
 * not, and no field is read twice. All other characters, and letters in single quotes, stand for
 * themselves. A year of two digits is refused, because it does not say the century. Immutable.
 */
public final class TimePattern {

  /** What a step reads. The numbers come first. */
  enum Kind {
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    FRACTION,
    ZONE,
    LITERAL,
    OPEN,
    CLOSE;

    boolean isNumber() {
      return compareTo(FRACTION) <= 0;
    }
  }

  /**
   * A part of a pattern.
   *
   * @param least the least number of digits; the byte of a literal; the index of the step that
   *     closes what a bracket opens
   * @param most the largest number of digits
   */
  record Step(Kind kind, int least, int most) {}

  private static final int YEAR_DIGITS = 4;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final Set<Kind> OF_DATES = Set.of(Kind.YEAR, Kind.MONTH, Kind.DAY);

  private final String text;
  private final List<Step> steps = new ArrayList<>();
  private final Deque<Integer> open = new ArrayDeque<>();

  private TimePattern(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      at = compile(at);
    }
    if (!open.isEmpty()) {
      throw invalid("has a bracket that is not closed");
    }
    requireZoneLast();
    OF_DATES.forEach(this::requireOnce);
  }

  /**
   * Returns the pattern of a date.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TimePattern ofDate(String text) {
    TimePattern pattern = new TimePattern(text);
    for (Step step : pattern.steps) {
      if (step.kind().compareTo(Kind.ZONE) <= 0 && !OF_DATES.contains(step.kind())) {
        throw pattern.invalid("has a time, but is for dates alone");
      }
    }
    return pattern;
  }

  /**
   * Returns the pattern of a date with a time.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TimePattern ofTime(String text) {
    TimePattern pattern = new TimePattern(text);
    if (pattern.steps.stream().noneMatch(step -> step.kind() == Kind.HOUR)) {
      throw pattern.invalid("has no HH, but is for times");
    }
    return pattern;
  }

  Step[] steps() {
    return steps.toArray(Step[]::new);
  }

  /** Adds the step that begins here; returns the index behind it. */
  private int compile(int at) {
    char c = text.charAt(at);
    if (c == '[') {
      open.push(steps.size());
      steps.add(new Step(Kind.OPEN, 0, 0));
      return at + 1;
    } else if (c == ']') {
      close();
      return at + 1;
    } else if (c == '\'') {
      return quoted(at);
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      return letters(at);
    }
    int end = text.offsetByCodePoints(at, 1);
    literal(text.substring(at, end));
    return end;
  }

  private void close() {
    if (open.isEmpty()) {
      throw invalid("closes a bracket that is not open");
    }
    steps.set(open.pop(), new Step(Kind.OPEN, steps.size(), 0));
    steps.add(new Step(Kind.CLOSE, 0, 0));
  }

  private int quoted(int at) {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      throw invalid("has a quote that is not closed");
    }
    literal(end == at + 1 ? "'" : text.substring(at + 1, end));
    return end + 1;
  }

  private void literal(String characters) {
    for (byte b : characters.getBytes(StandardCharsets.UTF_8)) {
      steps.add(new Step(Kind.LITERAL, b, 0));
    }
  }

  private int letters(int at) {
    char letter = text.charAt(at);
    int end = at;
    while (end < text.length() && text.charAt(end) == letter) {
      end++;
    }
    Step step = step(letter, end - at);
    if (step.kind().isNumber() && isBehindOpenNumber()) {
      throw invalid("has digits right behind a number of one digit or two");
    }
    steps.add(step);
    return end;
  }

  private Step step(char letter, int count) {
    return switch (letter) {
      case 'y', 'u' -> year(count);
      case 'M' -> number(Kind.MONTH, count);
      case 'd' -> number(Kind.DAY, count);
      case 'H' -> number(Kind.HOUR, count);
      case 'm' -> number(Kind.MINUTE, count);
      case 's' -> number(Kind.SECOND, count);
      case 'S' -> new Step(Kind.FRACTION, require(count, MAX_FRACTION_DIGITS), count);
      case 'X' -> new Step(Kind.ZONE, require(count, 1), 1);
      default ->
          throw invalid(
              "has '"
                  + letter
                  + "', which is none of y, u, M, d, H, m, s, S and X; letters that stand for"
                  + " themselves stand in single quotes");
    };
  }

  private Step number(Kind kind, int count) {
    return new Step(kind, require(count, 2), 2);
  }

  private Step year(int count) {
    if (count < YEAR_DIGITS) {
      throw invalid("has a year that is not yyyy and so does not say the century");
    }
    return new Step(Kind.YEAR, require(count, YEAR_DIGITS), YEAR_DIGITS);
  }

  private int require(int count, int most) {
    if (count > most) {
      throw invalid("repeats a letter too often");
    }
    return count;
  }

  private boolean isBehindOpenNumber() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step.kind() != Kind.OPEN && step.kind() != Kind.CLOSE) {
        return step.kind().isNumber() && step.least() < step.most();
      }
    }
    return false;
  }

  private void requireZoneLast() {
    boolean zoned = false;
    for (Step step : steps) {
      if (zoned && step.kind() != Kind.CLOSE) {
        throw invalid("has something behind X");
      }
      zoned |= step.kind() == Kind.ZONE;
    }
  }

  private void requireOnce(Kind kind) {
    int depth = 0;
    int outside = 0;
    int all = 0;
    for (Step step : steps) {
      depth += step.kind() == Kind.OPEN ? 1 : step.kind() == Kind.CLOSE ? -1 : 0;
      all += step.kind() == kind ? 1 : 0;
      outside += step.kind() == kind && depth == 0 ? 1 : 0;
    }
    if (all != 1 || outside != 1) {
      throw invalid("must have yyyy, MM and dd, each of them once and outside of brackets");
    }
  }

  private IllegalArgumentException invalid(String problem) {
    return new IllegalArgumentException("pattern '" + text + "' " + problem);
  }

  /** Tells whether another pattern has the same text. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TimePattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return text;
  }
}
