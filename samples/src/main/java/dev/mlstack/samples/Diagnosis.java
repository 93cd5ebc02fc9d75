package dev.mlstack.samples;

/** What a biopsy found. */
public enum Diagnosis {
  /** No cancer. */
  BENIGN,

  /** Cancer. */
  MALIGNANT
}
