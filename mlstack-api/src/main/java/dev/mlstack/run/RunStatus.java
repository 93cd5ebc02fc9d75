package dev.mlstack.run;

/** How a run stands. */
public enum RunStatus {
  /** It is under way. */
  RUNNING,
  /** It came to its end. */
  FINISHED,
  /** It ended with an error. */
  FAILED,
  /** Its process died, or somebody stopped it. */
  KILLED
}
