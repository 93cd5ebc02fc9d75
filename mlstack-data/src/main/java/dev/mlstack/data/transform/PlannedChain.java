package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ChainInput;
import dev.mlstack.core.feature.Reading;
import dev.mlstack.core.table.ColumnNames;
import dev.mlstack.feature.Transform;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
      named.addAll(part.named());
    }
    List<PlannedChain> chains = new ArrayList<>();
    for (Field field : schema.fields()) {
      for (Part part : parts) {
        if (isPlanned(part, field, named, targets)) {
          chains.add(
              new PlannedChain(new ChainInput.Column(field.name()), part.reading(), part.steps()));
        }
      }
    }
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
        && !named.contains(field.name())
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
    if (targets.contains(column)) {
      throw new IllegalArgumentException(
          "column '" + column + "' will be predicted and cannot be a feature; leave it out");
    }
    if (field.role() != Role.FEATURE) {
      throw new IllegalArgumentException(
          "column '"
              + column
              + "' is in the role "
              + field.role()
              + " and cannot be a feature; leave it out, or give it the role FEATURE");
    }
    if (!part.reading().reads(field.type())) {
      throw new IllegalArgumentException(
          "column '"
              + column
              + "' is "
              + field.type()
              + " and cannot be read as "
              + part.reading().words()
              + "; use Features."
              + Group.of(field.type()).byName()
              + "(\""
              + column
              + "\")");
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
