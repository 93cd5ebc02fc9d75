package dev.mlstack.data.jdbc;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates, drops and renames tables. */
final class TableDefinitions {

  private final Connection connection;
  private final Database database;

  TableDefinitions(Session session) {
    this.connection = session.connection();
    this.database = session.database();
  }

  /** Creates a table. */
  void create(TableName table, Schema schema, Map<String, String> types) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      String type = types.get(field.name());
      columns.add(
          database.quoted(field.name())
              + " "
              + (type == null ? type(table, field) : type)
              + (field.nullable() ? "" : " not null"));
    }
    run("create table " + table.quoted(database) + " (" + String.join(", ", columns) + ")");
  }

  private String type(TableName table, Field field) {
    return database
        .columnType(field.type())
        .orElseThrow(
            () ->
                new DataException(
                    String.format(
                        "%s: this database has no type for column '%s', which is a %s; leave it"
                            + " out, or say .columnType(…)",
                        table, field.name(), field.type())));
  }

  /** Drops a table if it is there. */
  void drop(TableName table) throws SQLException {
    if (exists(table)) {
      run("drop table " + table.quoted(database));
    }
  }

  private boolean exists(TableName table) throws SQLException {
    boolean catalogs = database.callsSchemasCatalogs();
    String schema = table.schema().orElse(catalogs ? null : connection.getSchema());
    String catalog = catalogs && schema != null ? schema : connection.getCatalog();
    String pattern = schema == null || catalogs ? null : database.pattern(schema);
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(catalog, pattern, database.pattern(table.name()), null)) {
      return found.next();
    }
  }

  /** Gives a table another name in the same schema. */
  void rename(TableName from, TableName to) throws SQLException {
    String name =
        database.callsSchemasCatalogs() ? to.quoted(database) : database.quoted(to.name());
    run("alter table " + from.quoted(database) + " rename to " + name);
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
