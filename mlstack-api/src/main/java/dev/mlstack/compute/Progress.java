package dev.mlstack.compute;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a piece of work is.
 *
 * @param task what is being done, such as {@code read patients.csv} or {@code train logistic/1}
 * @param done how many units are done
 * @param total how many there are in all, or {@link #UNKNOWN}
 * @param measures what is known by now, such as {@code loss}; often empty
 */
public record Progress(String task, long done, long total, SortedMap<String, Double> measures) {

  /** The total of work whose size is not known beforehand. */
  public static final long UNKNOWN = -1;

  /** Copies the measures. */
  public Progress {
    measures = Collections.unmodifiableSortedMap(new TreeMap<>(measures));
  }

  /** Returns progress without measures. */
  public static Progress of(String task, long done, long total) {
    return new Progress(task, done, total, new TreeMap<>());
  }

  /** Returns progress with measures. */
  public static Progress of(String task, long done, long total, Map<String, Double> measures) {
    return new Progress(task, done, total, new TreeMap<>(measures));
  }
}
