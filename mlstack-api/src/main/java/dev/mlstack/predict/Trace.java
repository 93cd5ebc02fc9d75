package dev.mlstack.predict;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.VersionedName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The way back from one prediction: every object that it rests on, each of them read and verified.
 *
 * @param prediction what was asked and answered
 * @param steps the objects on the way, from the release back to the data, each once
 * @param parts how many more objects were read and verified that are only parts of steps, such as
 *     the columns of a snapshot
 * @param gone links to objects that have been collected since; only their digests are left
 */
public record Trace(LoggedPrediction prediction, List<Step> steps, int parts, List<Edge> gone) {

  /** Copies the lists. */
  public Trace {
    steps = List.copyOf(steps);
    gone = List.copyOf(gone);
  }

  /** Returns the steps of one type, such as {@code run}, the nearest first. */
  public List<Step> steps(String type) {
    return steps.stream().filter(step -> step.type().name().equals(type)).toList();
  }

  /** Returns the nearest step of one type, such as {@code snapshot}, if there is one. */
  public Optional<Step> step(String type) {
    return steps(type).stream().findFirst();
  }

  /**
   * One object on the way.
   *
   * @param role what it is to the step before it, such as {@code pipeline}
   * @param digest its digest
   * @param kind what it says
   * @param type its type
   * @param facts what people want to know of it, such as {@code seed}
   * @param edges its links; the target of one that does not hold may be gone
   */
  public record Step(
      String role,
      Digest digest,
      ObjectKind kind,
      VersionedName type,
      SortedMap<String, String> facts,
      List<Edge> edges) {

    /** Copies the facts and the edges. */
    public Step {
      facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
      edges = List.copyOf(edges);
    }

    /** Returns a fact, or an empty text if it is not known. */
    public String fact(String name) {
      return facts.getOrDefault(name, "");
    }

    /** Returns the type, the abbreviated digest and the facts. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(role).append(": ").append(type).append(' ');
      text.append(digest.abbreviated());
      for (Map.Entry<String, String> fact : facts.entrySet()) {
        text.append(", ").append(fact.getKey()).append(' ').append(fact.getValue());
      }
      return text.toString();
    }
  }
}
