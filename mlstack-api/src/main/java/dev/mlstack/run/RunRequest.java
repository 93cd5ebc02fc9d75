package dev.mlstack.run;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a run before it starts. Names and tags are within the {@link RunLimits}.
 *
 * @param experiment the group it belongs to; not blank
 * @param name what people call it; not blank
 * @param by who runs it: a person or a program; not blank
 * @param parent the run that it is a part of, if any
 * @param tags marks of the application
 */
public record RunRequest(
    String experiment,
    String name,
    String by,
    Optional<RunId> parent,
    SortedMap<String, String> tags) {

  /** Checks the names and the tags, and copies the tags. */
  public RunRequest {
    RunLimits.requireName("experiment", experiment);
    RunLimits.requireName("name of a run", name);
    RunLimits.requireName("by", by);
    tags.forEach(
        (tag, value) -> {
          RunLimits.requireName("name of a tag", tag);
          RunLimits.requireText("tag '" + tag + "'", value);
        });
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** Returns a request without parent and tags. */
  public static RunRequest of(String experiment, String name, String by) {
    return new RunRequest(experiment, name, by, Optional.empty(), new TreeMap<>());
  }

  /** Returns this request as a part of another run. */
  public RunRequest withParent(RunId newParent) {
    return new RunRequest(experiment, name, by, Optional.of(newParent), tags);
  }

  /** Returns this request with other tags. */
  public RunRequest withTags(Map<String, String> newTags) {
    return new RunRequest(experiment, name, by, parent, new TreeMap<>(newTags));
  }
}
