package dev.mlstack.data.transform;

/**
 * The beginning of a plan for columns of dates and timestamps. It becomes complete with the first
 * part that is taken of them.
 */
public final class TimeColumns {

  private final Part part;

  TimeColumns(Part part) {
    this.part = part;
  }

  /** Completes the plan with a number for each part, such as {@code ordered.hour}. */
  public TimeFeatures parts(TimePart... parts) {
    return new TimeFeatures(part).parts(parts);
  }

  /**
   * Completes the plan with the sine and the cosine of each part, such as {@code ordered.hour.sin}:
   * so the last hour of a day is as near to the first as others to their neighbours.
   */
  public TimeFeatures cyclic(TimePart... parts) {
    return new TimeFeatures(part).cyclic(parts);
  }
}
