package dev.mlstack.data.internal;

import org.jspecify.annotations.Nullable;

/**
 * Reads dates and timestamps from bytes.
 *
 * <p>A date is {@code yyyy-MM-dd}. A timestamp is a date, a {@code T} or a blank, {@code HH:mm},
 * then possibly seconds {@code :ss}, a fraction of up to nine digits behind a point or a comma
 * (what is finer than a microsecond is cut off), and a zone: {@code Z}, {@code +hh}, {@code +hhmm}
 * or {@code +hh:mm}. A date alone is its midnight, without a zone. Patterns may take the place of
 * both. The last result is kept in fields; not safe for use by several threads at once.
 */
public final class Times {

  private static final int DATE_LENGTH = 10;
  private static final int MINUTES_END = 16;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int MICRO_DIGITS = 6;
  private static final int MAX_OFFSET_HOURS = 18;
  private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private final @Nullable PatternReader dates;
  private final @Nullable PatternReader times;
  private long days;
  private long micros;
  private boolean hasZone;

  /** Creates a reader of what ISO 8601 describes. */
  public Times() {
    this(null, null);
  }

  /**
   * Creates a reader of what is written by patterns.
   *
   * @param dates how a date is written; as above if {@code null}
   * @param times how a timestamp is written, unless it is a date alone; as above if {@code null}
   */
  public Times(@Nullable TimePattern dates, @Nullable TimePattern times) {
    this.dates = dates == null ? null : new PatternReader(dates);
    this.times = times == null ? null : new PatternReader(times);
  }

  /** Returns the days from 1970-01-01 to the date that was read. */
  public long days() {
    return days;
  }

  /** Returns the microseconds from 1970-01-01T00:00 to the timestamp that was read. */
  public long micros() {
    return micros;
  }

  /** Tells whether the timestamp that was read had a zone, so that it is an instant. */
  public boolean hasZone() {
    return hasZone;
  }

  /** Reads a date; {@code false} if there is none, or something behind it. */
  public boolean readDate(byte[] bytes, int from, int to) {
    if (dates == null) {
      return to - from == DATE_LENGTH && readDay(bytes, from);
    } else if (!dates.read(bytes, from, to)) {
      return false;
    }
    days = dates.days();
    return true;
  }

  private boolean readDay(byte[] bytes, int from) {
    if (bytes[from + 4] != '-' || bytes[from + 7] != '-') {
      return false;
    }
    int century = twoDigits(bytes, from);
    int yearOfCentury = twoDigits(bytes, from + 2);
    int year = 100 * century + yearOfCentury;
    int month = twoDigits(bytes, from + 5);
    int day = twoDigits(bytes, from + 8);
    if ((century | yearOfCentury) < 0 || !isDay(year, month, day)) {
      return false;
    }
    days = epochDay(year, month, day);
    return true;
  }

  /** Tells whether there is such a day in the calendar. */
  static boolean isDay(int year, int month, int day) {
    if (month < 1 || month > 12) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day >= 1 && day <= DAYS_OF_MONTH[month - 1] + (leap && month == 2 ? 1 : 0);
  }

  /** Returns the days from 1970-01-01; years are counted from March, so that leap days end them. */
  static long epochDay(int year, int month, int day) {
    int fromMarch = (month + 9) % 12;
    long years = year - (fromMarch >= 10 ? 1L : 0L);
    long leapDays = Math.floorDiv(years, 4) - Math.floorDiv(years, 100) + Math.floorDiv(years, 400);
    final int daysTo1970 = 719_469;
    return 365 * years + leapDays + (153 * fromMarch + 2) / 5 + day - daysTo1970;
  }

  /** Returns the number that two digits write, or a negative one if they are not digits. */
  private static int twoDigits(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
  }

  /** Reads a timestamp or a date; {@code false} if there is none, or something behind it. */
  public boolean readTimestamp(byte[] bytes, int from, int to) {
    hasZone = false;
    if (readDate(bytes, from, to)) {
      micros = days * SECONDS_PER_DAY * MICROS_PER_SECOND;
      return true;
    } else if (times == null) {
      return to - from > DATE_LENGTH && readDay(bytes, from) && readTime(bytes, from, to);
    } else if (!times.read(bytes, from, to)) {
      return false;
    }
    hasZone = times.hasZone();
    micros = times.days() * SECONDS_PER_DAY * MICROS_PER_SECOND + times.microsOfDay();
    return true;
  }

  /** Reads what stands behind the day, which was read. */
  private boolean readTime(byte[] bytes, int from, int to) {
    int at = from + DATE_LENGTH;
    if (to - from < MINUTES_END || !isTime(bytes, at)) {
      return false;
    }
    micros = 0;
    long second = 3600L * twoDigits(bytes, at + 1) + 60L * twoDigits(bytes, at + 4);
    at = from + MINUTES_END;
    if (at + 3 <= to && bytes[at] == ':') {
      int seconds = twoDigits(bytes, at + 1);
      if (seconds < 0 || seconds > 59) {
        return false;
      }
      second += seconds;
      at = readFraction(bytes, at + 3, to);
    }
    int offset = at < to ? zoneOffset(bytes, at, to) : 0;
    if (offset == Integer.MIN_VALUE) {
      return false;
    }
    hasZone = at < to;
    micros += (days * SECONDS_PER_DAY + second - offset) * MICROS_PER_SECOND;
    return true;
  }

  /** Tells whether a separator, hours and minutes stand here. */
  private static boolean isTime(byte[] bytes, int at) {
    int hours = twoDigits(bytes, at + 1);
    int minutes = twoDigits(bytes, at + 4);
    return (bytes[at] == 'T' || bytes[at] == 't' || bytes[at] == ' ')
        && hours >= 0
        && hours <= 23
        && bytes[at + 3] == ':'
        && minutes >= 0
        && minutes <= 59;
  }

  /** Reads a fraction of a second, if one is there; returns the index behind it, -1 if broken. */
  private int readFraction(byte[] bytes, int from, int to) {
    if (from >= to || (bytes[from] != '.' && bytes[from] != ',')) {
      return from;
    }
    int at = from + 1;
    int digits = 0;
    for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++, digits++) {
      if (digits < MICRO_DIGITS) {
        micros = 10 * micros + bytes[at] - '0';
      }
    }
    for (int i = digits; i < MICRO_DIGITS; i++) {
      micros *= 10;
    }
    return digits >= 1 && digits <= MAX_FRACTION_DIGITS ? at : -1;
  }

  /** Returns the offset of a zone from UTC in seconds; the least int if it is not one. */
  static int zoneOffset(byte[] bytes, int from, int to) {
    if (from < 0) {
      return Integer.MIN_VALUE;
    }
    int length = to - from;
    if (length == 1 && (bytes[from] == 'Z' || bytes[from] == 'z')) {
      return 0;
    }
    boolean colon = length == 6 && bytes[from + 3] == ':';
    if ((bytes[from] != '+' && bytes[from] != '-') || !(length == 3 || length == 5 || colon)) {
      return Integer.MIN_VALUE;
    }
    int hours = twoDigits(bytes, from + 1);
    int minutes = length == 3 ? 0 : twoDigits(bytes, to - 2);
    if (hours < 0 || hours > MAX_OFFSET_HOURS || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = 3600 * hours + 60 * minutes;
    return bytes[from] == '-' ? -seconds : seconds;
  }
}
