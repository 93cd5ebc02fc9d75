package dev.mlstack.data.jdbc;

import java.util.Optional;

/**
 * The name of a table, spelled as the database keeps it.
 *
 * @param schema the schema that it is in; if none is given, that of the connection
 * @param name its own name
 */
record TableName(Optional<String> schema, String name) {

  String quoted(Database database) {
    return schema.map(s -> database.quoted(s) + ".").orElse("") + database.quoted(name);
  }

  TableName withName(String newName) {
    return new TableName(schema, newName);
  }

  TableName withSchema(String newSchema) {
    return new TableName(Optional.of(newSchema), name);
  }

  /** Returns the name as people write it. */
  @Override
  public String toString() {
    return schema.map(s -> s + ".").orElse("") + name;
  }
}
