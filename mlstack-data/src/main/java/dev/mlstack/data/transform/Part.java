package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ChainInput;
import dev.mlstack.core.feature.Reading;
import dev.mlstack.feature.Transform;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a plan: the same steps for some columns, or for what is computed of several. */
final class Part {

  /** All columns of this group, but for the excepted ones; or nothing. */
  private final @Nullable Group group;

  /** The columns that are named; empty if there is a group or an input. */
  private final SortedSet<String> named;

  private final SortedSet<String> excepted;

  /** What is computed of several columns; or nothing. */
  private final @Nullable ChainInput input;

  private final Reading reading;
  private final List<Transform> steps;
  private final List<TimeFeature> times;
  private final boolean missing;

  private Part(Draft draft) {
    this.group = draft.group;
    this.named = Collections.unmodifiableSortedSet(draft.named);
    this.excepted = Collections.unmodifiableSortedSet(draft.excepted);
    this.input = draft.input;
    this.reading = draft.reading;
    this.steps = List.copyOf(draft.steps);
    this.times = List.copyOf(draft.times);
    this.missing = draft.missing;
  }

  /** What a part will be. */
  private static final class Draft {
    private @Nullable Group group;
    private final SortedSet<String> named = new TreeSet<>();
    private final SortedSet<String> excepted = new TreeSet<>();
    private @Nullable ChainInput input;
    private final Reading reading;
    private final List<Transform> steps = new ArrayList<>();
    private final List<TimeFeature> times = new ArrayList<>();
    private boolean missing;

    Draft(Reading reading) {
      this.reading = reading;
    }
  }

  private static Part of(Reading reading, Consumer<Draft> change) {
    Draft draft = new Draft(reading);
    change.accept(draft);
    return new Part(draft);
  }

  /** Returns a part that differs from this one. */
  private Part with(Consumer<Draft> change) {
    return of(
        reading,
        draft -> {
          draft.group = group;
          draft.named.addAll(named);
          draft.excepted.addAll(excepted);
          draft.input = input;
          draft.steps.addAll(steps);
          draft.times.addAll(times);
          draft.missing = missing;
          change.accept(draft);
        });
  }

  /** Returns a part for all columns of a group. */
  static Part all(Group group, Reading reading) {
    return of(reading, draft -> draft.group = group);
  }

  /** Returns a part for the named columns. */
  static Part named(Reading reading, String... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("columns must name at least one column but is empty");
    }
    return of(reading, draft -> draft.named.addAll(List.of(columns)));
  }

  /** Returns a part for what is computed of several columns. */
  static Part of(ChainInput input, Reading reading) {
    return of(reading, draft -> draft.input = input);
  }

  /** Returns this part with one more step. */
  Part then(Transform step) {
    return with(draft -> draft.steps.add(step));
  }

  /** Returns this part with a feature that says where values are missing. */
  Part withMissing() {
    return with(draft -> draft.missing = true);
  }

  /** Returns this part with more that is made of times. */
  Part withTimes(List<TimeFeature> more) {
    return with(draft -> draft.times.addAll(more));
  }

  /** Returns this part without some columns. */
  Part except(String... columns) {
    for (String column : columns) {
      if (named.contains(column)) {
        throw new IllegalArgumentException(
            "columns must not be named by the plan that they are left out of, but it names '"
                + column
                + "'");
      }
    }
    return with(draft -> draft.excepted.addAll(List.of(columns)));
  }

  /** Returns the group of which all columns are meant, if one is. */
  Optional<Group> group() {
    return Optional.ofNullable(group);
  }

  /** Returns the columns that are named. */
  SortedSet<String> named() {
    return named;
  }

  /** Returns the columns that are left out. */
  SortedSet<String> excepted() {
    return excepted;
  }

  /** Returns what is computed of several columns, if something is. */
  Optional<ChainInput> input() {
    return Optional.ofNullable(input);
  }

  /** Returns how values are read. */
  Reading reading() {
    return reading;
  }

  /** Returns what values go through. */
  List<Transform> steps() {
    return steps;
  }

  /** Tells whether columns are taken as they are, and not parts of times. */
  boolean takesWhole() {
    return times.isEmpty();
  }

  /** Tells whether columns of a type can be read. */
  boolean reads(FieldType type) {
    return reading.reads(type) && (takesWhole() || Group.of(type) == Group.TEMPORAL);
  }

  /** Returns what columns are read as, in words. */
  String words() {
    return takesWhole() ? reading.words() : "a time";
  }

  /** Returns what this part does with a column. */
  List<PlannedChain> chains(ChainInput of) {
    if (!times.isEmpty()) {
      return times.stream().map(time -> time.of(of.name())).toList();
    }
    List<PlannedChain> chains = new ArrayList<>();
    chains.add(new PlannedChain(of, reading, steps));
    if (missing) {
      chains.add(new PlannedChain(of, reading, List.of(new MissingIndicator())));
    }
    return chains;
  }

  Value.Doc toValue() {
    Value.Doc.Builder document = Value.doc();
    if (group != null) {
      document.put("all", group.name());
    }
    if (!named.isEmpty()) {
      document.put("columns", Value.ofTexts(List.copyOf(named)));
    }
    if (!excepted.isEmpty()) {
      document.put("except", Value.ofTexts(List.copyOf(excepted)));
    }
    if (input != null) {
      input.describe(document);
    }
    if (!times.isEmpty()) {
      document.put("times", times.stream().map(TimeFeature::toValue).toList());
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
