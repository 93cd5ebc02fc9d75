package dev.mlstack.data.jdbc;

import dev.mlstack.data.internal.Names;
import dev.mlstack.data.internal.Projection;
import dev.mlstack.schema.Role;
import dev.mlstack.store.Value;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of a database: the rows of a query, or of a table. */
sealed interface Query {

  int MAX_NAME_LENGTH = 60;

  /** Returns what people call it. */
  String name();

  /** Returns the statement that asks for the columns that are wanted, and possibly for others. */
  String sql(Session session, Projection wanted) throws SQLException;

  /** Returns the arguments of the statement. */
  List<@Nullable Object> arguments();

  /** Tells whether what the database says about missing values holds for the rows of the result. */
  boolean knowsRequired();

  /** Adds what is asked to a document. */
  void addTo(Value.Doc.Builder doc);

  /** A statement of the application. */
  record Text(String sql, List<@Nullable Object> arguments) implements Query {
    public Text {
      arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }

    @Override
    public String name() {
      String line = sql.strip().replaceAll("\\s+", " ");
      return line.length() <= MAX_NAME_LENGTH ? line : line.substring(0, MAX_NAME_LENGTH) + "…";
    }

    @Override
    public String sql(Session session, Projection wanted) {
      return sql;
    }

    // A column of a table that always has a value may have none behind an outer join, where
    // drivers still call it required.
    @Override
    public boolean knowsRequired() {
      return false;
    }

    @Override
    public void addTo(Value.Doc.Builder doc) {
      doc.put("sql", sql)
          .put("arguments", Value.of(arguments.stream().map(Statements::toValue).toList()));
    }
  }

  /** A table, of which only the columns are asked for that are wanted. */
  record Table(TableName table) implements Query {
    @Override
    public String name() {
      return table.toString();
    }

    @Override
    public List<@Nullable Object> arguments() {
      return List.of();
    }

    @Override
    public boolean knowsRequired() {
      return true;
    }

    @Override
    public void addTo(Value.Doc.Builder doc) {
      doc.put("table", table.name());
      table.schema().ifPresent(schema -> doc.put("schema", schema));
    }

    @Override
    public String sql(Session session, Projection wanted) throws SQLException {
      String from = " from " + table.quoted(session.database());
      List<String> names = names(session, "select *" + from + " where 1 = 0");
      return "select "
          + list(session, names, wanted.mentioned())
          + from
          + order(session, names, wanted);
    }

    private static List<String> names(Session session, String sql) throws SQLException {
      try (Statement statement = session.connection().createStatement();
          ResultSet none = statement.executeQuery(sql)) {
        ResultSetMetaData columns = none.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          names.add(columns.getColumnLabel(i));
        }
        return names;
      }
    }

    /** Returns the columns to ask for; all if one is not there, so that it is missed by name. */
    private static String list(Session session, List<String> names, List<String> mentioned) {
      boolean some =
          !mentioned.isEmpty() && mentioned.stream().allMatch(name -> Names.find(names, name) >= 0);
      return some ? quoted(session, names, mentioned) : "*";
    }

    /** Asks for the rows in the order of their key, so that equal tables are read alike. */
    private static String order(Session session, List<String> names, Projection wanted) {
      List<String> key = wanted.named(Role.KEY);
      boolean known = !key.isEmpty() && key.stream().allMatch(name -> Names.find(names, name) >= 0);
      return known ? " order by " + quoted(session, names, key) : "";
    }

    private static String quoted(Session session, List<String> names, List<String> some) {
      return some.stream()
          .map(name -> session.database().quoted(names.get(Names.find(names, name))))
          .distinct()
          .collect(Collectors.joining(", "));
    }
  }
}
