package dev.mlstack.feature;

/** What a value is while it goes through a pipeline. */
public enum ValueKind {
  /** A {@code double}; NaN if it is missing. */
  NUMBER,
  /** A {@code String}; {@code null} if it is missing. */
  TEXT
}
