package dev.mlstack.run;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a run.
 *
 * @param id its identity
 * @param request what was known before it started
 * @param status how it stands
 * @param started when it started, with a precision of milliseconds
 * @param ended when it ended, if it has
 * @param params its parameters
 * @param metrics the last value of each metric: of the highest step, and of these the latest logged
 * @param tags its marks, those of the request included
 * @param inputs what went in, by role
 * @param outputs what came out, by role
 * @param record the record it was sealed into, if it has ended
 */
public record RunInfo(
    RunId id,
    RunRequest request,
    RunStatus status,
    Instant started,
    Optional<Instant> ended,
    SortedMap<String, Value> params,
    SortedMap<String, MetricPoint> metrics,
    SortedMap<String, String> tags,
    SortedMap<String, Digest> inputs,
    SortedMap<String, Digest> outputs,
    Optional<Digest> record) {

  /** Copies the maps. */
  public RunInfo {
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
  }
}
