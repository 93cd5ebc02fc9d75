package dev.mlstack.data.access;

/** What somebody may see of a column. */
public enum Access {
  /** All values. */
  ALLOWED,
  /** That there is such a column, but none of its values: all are missing. */
  HIDDEN,
  /** Nothing of a dataset that has this column. */
  REFUSED;

  /** Returns the stricter of two. */
  public Access and(Access other) {
    return compareTo(other) < 0 ? other : this;
  }
}
