package dev.mlstack.track;

import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.track.environment.Environment;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything about a run.
 *
 * @param info what is known of it
 * @param points all values of each metric
 * @param environment where it ran, if that is known; not of a run that was read from its record
 */
record RunLog(RunInfo info, SortedMap<String, Points> points, Optional<Environment> environment) {

  /** Returns this log of a run that has ended. */
  RunLog ended(RunStatus status, Instant ended) {
    return with(status, Optional.of(ended), Optional.empty());
  }

  /** Returns this log of a run that was sealed. */
  RunLog sealed(Digest record) {
    return with(info.status(), info.ended(), Optional.of(record));
  }

  private RunLog with(RunStatus status, Optional<Instant> ended, Optional<Digest> record) {
    RunInfo changed =
        new RunInfo(
            info.id(),
            info.request(),
            status,
            info.started(),
            ended,
            info.params(),
            info.metrics(),
            info.tags(),
            info.inputs(),
            info.outputs(),
            record);
    return new RunLog(changed, points, environment);
  }
}
