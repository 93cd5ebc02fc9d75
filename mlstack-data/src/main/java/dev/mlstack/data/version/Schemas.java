package dev.mlstack.data.version;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.DataException;
import java.util.SortedMap;

/** Whether rows of one schema fit into another, and how what was made of both is told. */
final class Schemas {

  private Schemas() {}

  /**
   * Checks that rows can be added: they have the same columns of the same types in the same order.
   * Roles, tags, and where there must be values, are those of the dataset.
   */
  static void requireFits(Schema rows, Schema dataset) {
    if (rows.size() != dataset.size()) {
      throw misfit("they have the columns " + names(rows) + " but it has " + names(dataset));
    }
    for (int i = 0; i < rows.size(); i++) {
      Field given = rows.field(i);
      Field needed = dataset.field(i);
      if (!given.name().equals(needed.name())) {
        throw misfit(
            "column " + i + " is '" + given.name() + "' but must be '" + needed.name() + "'");
      }
      if (!given.type().equals(needed.type())) {
        throw misfit(
            "column '"
                + given.name()
                + "' is of type "
                + given.type()
                + " but must be of type "
                + needed.type());
      }
    }
  }

  private static String names(Schema schema) {
    return schema.fields().stream().map(Field::name).toList().toString();
  }

  private static DataException misfit(String how) {
    return new DataException(
        "the rows do not fit the dataset: "
            + how
            + "; read them with the schema of the dataset, or commit all rows anew");
  }

  /** Returns the recipe of a snapshot that was made of another and of a source. */
  static Recipe recipe(
      VersionedName operation,
      VersionedName source,
      Value.Doc parameters,
      SortedMap<String, Digest> inputs,
      Digest base) {
    inputs.put("base", base);
    Value.Doc document =
        Value.doc().put("operation", source.toString()).put("read", parameters).build();
    return Recipe.of(operation, document, inputs);
  }
}
