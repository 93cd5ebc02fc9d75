package dev.mlstack.data.transform;

import java.util.Arrays;
import java.util.List;

/**
 * A plan for columns of dates and timestamps: complete as it is, and open for more parts. Other
 * parts of a plan may read the same columns, too.
 */
public final class TimeFeatures extends Features {

  private final Part part;

  TimeFeatures(Part part) {
    this.part = part;
  }

  /** Adds a number for each part, such as {@code ordered.hour}. */
  public TimeFeatures parts(TimePart... parts) {
    return with(/* cyclic= */ false, parts);
  }

  /** Adds the sine and the cosine of each part, such as {@code ordered.hour.sin}. */
  public TimeFeatures cyclic(TimePart... parts) {
    return with(/* cyclic= */ true, parts);
  }

  private TimeFeatures with(boolean cyclic, TimePart... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("parts must name at least one part but is empty");
    }
    return new TimeFeatures(
        part.withTimes(Arrays.stream(parts).map(p -> new TimeFeature(p, cyclic)).toList()));
  }

  @Override
  public TimeFeatures except(String... columns) {
    return new TimeFeatures(part.except(columns));
  }

  @Override
  List<Part> parts() {
    return List.of(part);
  }
}
