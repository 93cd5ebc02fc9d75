package dev.mlstack.schema;

/** What a field is for. */
public enum Role {
  /** An input of models. */
  FEATURE,
  /** Part of what identifies a row; together, all keys are unique. */
  KEY,
  /** What models predict. Never an input. */
  LABEL,
  /** How much a row counts in training; not negative. */
  WEIGHT,
  /** Rows with an equal value belong together: the documents of a query, the visits of a person. */
  GROUP,
  /** When the row became true in the world. */
  EVENT_TIME,
  /** Carried along, never an input. */
  NOTE
}
