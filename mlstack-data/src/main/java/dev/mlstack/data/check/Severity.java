package dev.mlstack.data.check;

/** What happens to a row that fails a rule. */
public enum Severity {
  /** The report counts it; the row stays. */
  NOTE,
  /** The row is set aside. Rules about all rows together cannot say so. */
  SET_ASIDE,
  /** The whole commit fails and nothing is stored. */
  REFUSE
}
