package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ChainInput;
import dev.mlstack.core.feature.Reading;
import dev.mlstack.core.table.ColumnNames;
import dev.mlstack.feature.Transform;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plan does with one column of some data, or with several put together.
 *
 * @param input what is read
 * @param reading how it is read
 * @param steps what its values go through
 */
record PlannedChain(ChainInput input, Reading reading, List<Transform> steps) {

  /**
   * Returns what a plan does with the columns of a schema, in their order.
   *
   * @param targets the columns that will be predicted
   * @throws IllegalArgumentException if the plan does not fit the schema, or no feature is left
   */
  static List<PlannedChain> of(List<Part> parts, Schema schema, Set<String> targets) {
    targets.forEach(target -> requireColumn(schema, target, "target"));
    Set<String> named = new HashSet<>();
    for (Part part : parts) {
      part.excepted().forEach(column -> requireColumn(schema, column, "excepted column"));
      part.named().forEach(column -> requireFeature(part, schema, column, targets));
      part.input().ifPresent(input -> requireInput(part, input, schema, targets));
      if (part.takesWhole()) {
        named.addAll(part.named());
      }
    }
    List<PlannedChain> chains = new ArrayList<>();
    for (Field field : schema.fields()) {
      for (Part part : parts) {
        if (isPlanned(part, field, named, targets)) {
          chains.addAll(part.chains(new ChainInput.Column(field.name())));
        }
      }
    }
    parts.forEach(part -> part.input().ifPresent(input -> chains.addAll(part.chains(input))));
    chains.forEach(chain -> chain.steps().forEach(step -> requireTarget(step, schema, targets)));
    if (chains.isEmpty()) {
      throw new IllegalArgumentException(
          "the plan selects no column as a feature; there are " + describe(schema, targets));
    }
    return chains;
  }

  private static boolean isPlanned(Part part, Field field, Set<String> named, Set<String> targets) {
    if (part.named().contains(field.name())) {
      return true;
    }
    return part.group().filter(group -> group == Group.of(field.type())).isPresent()
        && field.role() == Role.FEATURE
        && !targets.contains(field.name())
        && !(part.takesWhole() && named.contains(field.name()))
        && !part.excepted().contains(field.name());
  }

  private static Field requireColumn(Schema schema, String column, String what) {
    if (schema.find(column).isEmpty()) {
      throw new IllegalArgumentException(
          "there is no " + what + " " + ColumnNames.missing(List.of(column), schema.names()));
    }
    return schema.field(column);
  }

  private static void requireFeature(Part part, Schema schema, String column, Set<String> targets) {
    Field field = requireColumn(schema, column, "column");
    requireKnown(field, part.takesWhole(), targets);
    if (!part.reads(field.type())) {
      throw new IllegalArgumentException(
          "column '"
              + column
              + "' is "
              + field.type()
              + " and cannot be read as "
              + part.words()
              + "; use Features."
              + Group.of(field.type()).byName()
              + "(\""
              + column
              + "\")");
    }
  }

  /** Checks that what a step learns from beside its values is to be predicted. */
  private static void requireTarget(Transform step, Schema schema, Set<String> targets) {
    step.target()
        .ifPresent(
            target -> {
              FieldType type = requireColumn(schema, target.column(), "target").type();
              if (!targets.contains(target.column())) {
                throw new IllegalArgumentException(
                    "the step "
                        + step.operation()
                        + " learns from column '"
                        + target.column()
                        + "', which is none of those that will be predicted: "
                        + new TreeSet<>(targets));
              }
              if (target.positive().isPresent() ? !isText(type) : !type.isNumeric()) {
                throw new IllegalArgumentException(
                    "column '"
                        + target.column()
                        + "' is "
                        + type
                        + "; name the class to count if it is of texts, and only then");
              }
            });
  }

  private static boolean isText(FieldType type) {
    return type instanceof FieldType.Text || type instanceof FieldType.Category;
  }

  /** Checks that the columns of which something is computed may be features, and can be read. */
  private static void requireInput(
      Part part, ChainInput input, Schema schema, Set<String> targets) {
    for (String column : input.columns()) {
      requireKnown(requireColumn(schema, column, "column"), /* whole= */ false, targets);
    }
    input.requireColumns(part.reading(), schema);
  }

  /**
   * Checks that a column may be a feature.
   *
   * @param whole whether it would be one as it is; the time of an event may only be taken apart
   */
  private static void requireKnown(Field field, boolean whole, Set<String> targets) {
    if (targets.contains(field.name())) {
      throw new IllegalArgumentException(
          "column '" + field.name() + "' will be predicted and cannot be a feature; leave it out");
    }
    boolean allowed = field.role() == Role.FEATURE || (!whole && field.role() == Role.EVENT_TIME);
    if (!allowed) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' is in the role "
              + field.role()
              + " and cannot be a feature; leave it out, or give it the role FEATURE");
    }
  }

  private static String describe(Schema schema, Set<String> targets) {
    return schema.fields().stream()
        .map(
            field ->
                "'"
                    + field.name()
                    + "' ("
                    + field.type()
                    + ", "
                    + (targets.contains(field.name()) ? "target" : field.role())
                    + ")")
        .toList()
        .toString();
  }
}
