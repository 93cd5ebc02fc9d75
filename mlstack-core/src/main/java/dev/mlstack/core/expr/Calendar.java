package dev.mlstack.core.expr;

/**
 * Takes microseconds since 1970-01-01T00:00 apart without making objects.
 *
 * <p>Counts years from March, so that the leap day is the last of a year: then day {@code d} of
 * such a year is in month {@code (5 d + 2) / 153}, as months from March on have 153 days in fives.
 * Eras are the 400 years after which the Gregorian calendar repeats.
 */
final class Calendar {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long DAYS_PER_ERA = 146_097;
  private static final long YEARS_PER_ERA = 400;

  /** From 0000-03-01 to 1970-01-01. */
  private static final long DAYS_TO_1970 = 719_468;

  private Calendar() {}

  private static long second(long micros) {
    return Math.floorDiv(micros, MICROS_PER_SECOND);
  }

  private static long dayNumber(long micros) {
    return Math.floorDiv(second(micros), SECONDS_PER_DAY);
  }

  private static long secondOfDay(long micros) {
    return Math.floorMod(second(micros), SECONDS_PER_DAY);
  }

  static long hourOf(long micros) {
    return secondOfDay(micros) / 3600;
  }

  static long minuteOf(long micros) {
    return secondOfDay(micros) / 60 % 60;
  }

  static long secondOf(long micros) {
    return secondOfDay(micros) % 60;
  }

  /** Returns 1 for Monday to 7 for Sunday; 1970 began with a Thursday. */
  static long dayOfWeek(long micros) {
    return Math.floorMod(dayNumber(micros) + 3, 7L) + 1;
  }

  private static long dayOfEra(long micros) {
    return Math.floorMod(dayNumber(micros) + DAYS_TO_1970, DAYS_PER_ERA);
  }

  private static long yearOfEra(long dayOfEra) {
    return (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
  }

  /** Returns how many days before lie in the same year from March. */
  private static long dayFromMarch(long micros) {
    long day = dayOfEra(micros);
    long year = yearOfEra(day);
    return day - (365 * year + year / 4 - year / 100);
  }

  private static long monthFromMarch(long micros) {
    return (5 * dayFromMarch(micros) + 2) / 153;
  }

  static long yearOf(long micros) {
    long era = Math.floorDiv(dayNumber(micros) + DAYS_TO_1970, DAYS_PER_ERA);
    long year = yearOfEra(dayOfEra(micros)) + era * YEARS_PER_ERA;
    return monthFromMarch(micros) < 10 ? year : year + 1;
  }

  static long monthOf(long micros) {
    long month = monthFromMarch(micros);
    return month < 10 ? month + 3 : month - 9;
  }

  static long dayOf(long micros) {
    return dayFromMarch(micros) - (153 * monthFromMarch(micros) + 2) / 5 + 1;
  }

  static long dayOfYear(long micros) {
    long day = dayFromMarch(micros);
    // January and February stand at the end of the year from March.
    if (day >= 306) {
      return day - 305;
    }
    long year = yearOf(micros);
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day + (leap ? 61 : 60);
  }

  /** Returns the seconds from one time to another. */
  static double secondsBetween(long start, long end) {
    long micros = end - start;
    boolean overflow = ((end ^ start) & (end ^ micros)) < 0;
    return (overflow ? (double) end - (double) start : micros) / MICROS_PER_SECOND;
  }
}
