package dev.mlstack.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, in which order. Immutable; starts from {@link #all()}.
 *
 * <p>Without another order, the run that started last comes first. Runs that lack the metric of an
 * order, or whose last value is NaN, come last; ties are broken by identity.
 */
public final class RunQuery {

  /** How many runs are listed unless it is said otherwise: 1,000. */
  public static final int DEFAULT_LIMIT = 1000;

  private static final RunQuery ALL = new RunQuery(null, null, null, false, DEFAULT_LIMIT);

  private final @Nullable String experiment;
  private final @Nullable RunStatus status;
  private final @Nullable String metric;
  private final boolean ascending;
  private final int limit;

  private RunQuery(
      @Nullable String experiment,
      @Nullable RunStatus status,
      @Nullable String metric,
      boolean ascending,
      int limit) {
    this.experiment = experiment;
    this.status = status;
    this.metric = metric;
    this.ascending = ascending;
    this.limit = limit;
  }

  /** Returns the query for all runs. */
  public static RunQuery all() {
    return ALL;
  }

  /** Returns this query for one experiment. */
  public RunQuery inExperiment(String newExperiment) {
    return new RunQuery(newExperiment, status, metric, ascending, limit);
  }

  /** Returns this query for runs of one status. */
  public RunQuery withStatus(RunStatus newStatus) {
    return new RunQuery(experiment, newStatus, metric, ascending, limit);
  }

  /** Returns this query with the highest last value of a metric first. */
  public RunQuery highestFirst(String newMetric) {
    return new RunQuery(experiment, status, newMetric, false, limit);
  }

  /** Returns this query with the lowest last value of a metric first. */
  public RunQuery lowestFirst(String newMetric) {
    return new RunQuery(experiment, status, newMetric, true, limit);
  }

  /** Returns this query for at most so many runs. */
  public RunQuery limit(int newLimit) {
    if (newLimit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 but was " + newLimit);
    }
    return new RunQuery(experiment, status, metric, ascending, newLimit);
  }

  /** Returns the experiment asked for, if any. */
  public Optional<String> experiment() {
    return Optional.ofNullable(experiment);
  }

  /** Returns the status asked for, if any. */
  public Optional<RunStatus> status() {
    return Optional.ofNullable(status);
  }

  /** Returns the metric that orders the runs, if any. */
  public Optional<String> metric() {
    return Optional.ofNullable(metric);
  }

  /** Tells whether the lowest value of the metric comes first. */
  public boolean ascending() {
    return ascending;
  }

  /** Returns how many runs are listed at most. */
  public int limit() {
    return limit;
  }
}
