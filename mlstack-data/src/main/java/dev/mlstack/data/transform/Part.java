package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Reading;
import dev.mlstack.feature.Transform;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A part of a plan: the same steps for some columns.
 *
 * @param group all columns of this group, but for the excepted ones; or nothing if columns are
 *     named
 * @param named the columns that are named; empty if there is a group
 * @param excepted the columns that are left out
 * @param reading how the columns are read
 * @param steps what their values go through
 * @param missing whether missing values have a feature of their own
 */
record Part(
    Optional<Group> group,
    SortedSet<String> named,
    SortedSet<String> excepted,
    Reading reading,
    List<Transform> steps,
    boolean missing) {

  /** Copies the collections. */
  Part {
    named = Collections.unmodifiableSortedSet(new TreeSet<>(named));
    excepted = Collections.unmodifiableSortedSet(new TreeSet<>(excepted));
    steps = List.copyOf(steps);
  }

  /** Returns a part for all columns of a group. */
  static Part all(Group group, Reading reading) {
    return new Part(
        Optional.of(group), new TreeSet<>(), new TreeSet<>(), reading, List.of(), false);
  }

  /** Returns a part for the named columns. */
  static Part named(Reading reading, String... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("columns must name at least one column but is empty");
    }
    SortedSet<String> named = new TreeSet<>(List.of(columns));
    return new Part(Optional.empty(), named, new TreeSet<>(), reading, List.of(), false);
  }

  /** Returns this part with one more step. */
  Part then(Transform step) {
    List<Transform> more = new ArrayList<>(steps);
    more.add(step);
    return new Part(group, named, excepted, reading, more, missing);
  }

  /** Returns this part with a feature that says where values are missing. */
  Part withMissing() {
    return new Part(group, named, excepted, reading, steps, /* missing= */ true);
  }

  /** Returns this part without some columns. */
  Part except(String... columns) {
    SortedSet<String> more = new TreeSet<>(excepted);
    for (String column : columns) {
      if (named.contains(column)) {
        throw new IllegalArgumentException(
            "columns must not be named by the plan that they are left out of, but it names '"
                + column
                + "'");
      }
      more.add(column);
    }
    return new Part(group, named, more, reading, steps, missing);
  }

  Value.Doc toValue() {
    Value.Doc.Builder document = Value.doc();
    group.ifPresent(g -> document.put("all", g.name()));
    if (!named.isEmpty()) {
      document.put("columns", Value.ofTexts(List.copyOf(named)));
    }
    if (!excepted.isEmpty()) {
      document.put("except", Value.ofTexts(List.copyOf(excepted)));
    }
    if (missing) {
      document.put("missing", true);
    }
    return document
        .put("read", reading.name())
        .put("steps", steps.stream().map(Part::toValue).toList())
        .build();
  }

  private static Value.Doc toValue(Transform step) {
    return Value.doc()
        .put("operation", step.operation().toString())
        .put("parameters", step.parameters())
        .build();
  }
}
