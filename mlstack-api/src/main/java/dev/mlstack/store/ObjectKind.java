package dev.mlstack.store;

/** What an object says. */
public enum ObjectKind {
  /** What something is: the canonical bytes of a snapshot, a pipeline, a model, a report. */
  CONTENT,
  /** How a content is made: the operation, its parameters, its seed and its inputs. */
  RECIPE,
  /** Who made what, when and where; unique. */
  RECORD
}
