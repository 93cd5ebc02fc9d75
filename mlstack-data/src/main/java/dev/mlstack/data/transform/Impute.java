package dev.mlstack.data.transform;

/**
 * What to put where a value is missing. For numbers, each is taken over the finite ones: NaN counts
 * as missing and infinite ones are left out. If there is none, 0 is put. While a most frequent
 * number is being found, all numbers of the column are in memory, 8 bytes each.
 */
public enum Impute {
  /** The mean. Only for numbers. */
  MEAN,
  /** The exact median: the middle one, or the mean of the two in the middle. Only for numbers. */
  MEDIAN,
  /**
   * The value that occurs most often; of several, the smallest. For texts, in the order of {@link
   * String#compareTo}; if there is none, the empty text is put.
   */
  MOST_FREQUENT
}
