package dev.mlstack.run;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a run.
 *
 * <p>A run that has ended is sealed into a record of type {@link #TYPE}, to which the ref {@code
 * runs/<id>} points. Its edges are, in this order and as far as there is something to link to:
 *
 * <ul>
 *   <li>{@code recipe}, the output of the role {@code recipe};
 *   <li>{@code environment}, the content that tells where it ran;
 *   <li>{@code metrics}, the content with every value of every metric;
 *   <li>{@code input.<role>}, sorted; these do not hold;
 *   <li>{@code output.<role>}, sorted. An output that the store did not have when the run ended is
 *       only named; all others are held.
 * </ul>
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

  /** The type of the record of a run. */
  public static final VersionedName TYPE = new VersionedName("run", 1);

  /** Copies the maps. */
  public RunInfo {
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
  }
}
