package dev.mlstack.data.jdbc;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Projection;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.model.Label;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import java.io.IOException;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query or of a table of a database, over any JDBC driver.
 *
 * <pre>{@code
 * Source patients =
 *     Jdbc.query(dataSource::getConnection, "select * from patients where age > ?", 18)
 *         .as(Patient.class)
 *         .key("id");
 * }</pre>
 *
 * <p>Rows are read as they come, in bounded memory, in a transaction of their own that is rolled
 * back at the end. A query is an {@code order by} away from giving the same rows in the same order
 * each time; a table is read in the order of its {@linkplain #key key}, if it is given one.
 *
 * <p><b>Columns.</b> A record, a schema or {@link #columns} says which columns are read. They are
 * found by name: the exact one, or else the only one that differs in nothing but case, blanks,
 * hyphens and underscores. Of a table, the others are not asked for. Values of a table's column
 * that is {@code not null} are required; those of a query never are by themselves, since an outer
 * join can leave out any.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>of the database</th><th>of the column</th></tr>
 * <tr><td>boolean, bit</td><td>bool</td></tr>
 * <tr><td>tinyint, smallint, integer, bigint</td><td>int of 8, 16, 32, 64 bits; without a sign, the
 *     next size, but for bigint, whose greatest values are set aside</td></tr>
 * <tr><td>numeric, decimal</td><td>int64 without a fraction and with up to 18 digits; otherwise
 *     float64, the nearest double. Read as an int, a fraction is never cut off, but set
 *     aside</td></tr>
 * <tr><td>real; float, double</td><td>float32; float64</td></tr>
 * <tr><td>char, varchar, text, clob, xml, time; json, uuid, enum, inet, interval</td><td>text, or
 *     category, date or timestamp where that is asked for</td></tr>
 * <tr><td>date</td><td>date</td></tr>
 * <tr><td>timestamp</td><td>date and time; an instant where that is asked for and {@link #zone}
 *     says in which zone it was meant</td></tr>
 * <tr><td>timestamp with time zone</td><td>instant</td></tr>
 * <tr><td>array of numbers</td><td>tensor, of one shape in all rows</td></tr>
 * <tr><td>binary, blob, struct, array of anything else, any other</td><td>none: refused, unless it
 *     is not among the columns that are read</td></tr>
 * </table>
 *
 * <p>In SQLite, where a value need not have the type of its column, and for arrays, types that are
 * not declared are inferred from every value, so that the query runs twice, in one transaction.
 * Whole numbers are int64 there, real ones float64; texts are dates or timestamps, and numbers
 * truth values, only in columns that are declared as such.
 *
 * <p><b>Bad rows</b> are set aside: those with a value that its column cannot hold, or without one
 * that it must have. If there are more than {@link #maxRejected}, reading ends with an exception.
 * The identity of a row is its position, from 1. The {@link Source.Origin origin} is the digest of
 * the canonical form of the rows.
 *
 * <p>Cancelling the execution cancels the statement. A connection that breaks ends the reading with
 * an {@link java.io.UncheckedIOException}.
 *
 * <p>Immutable. Every method returns a changed copy.
 */
public final class Jdbc implements Source {

  /** The operation of reading from a database, and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("jdbc", 1);

  /** How many rows the driver keeps at once by default: 2,000. */
  public static final int DEFAULT_FETCH_SIZE = 2000;

  /** How many rows may be set aside by default, if not more of them than are read: 1,000. */
  public static final long MAX_REJECTED = RejectLimit.MAX_REJECTED;

  private final ConnectionSource connections;
  private final JdbcSettings settings;

  private Jdbc(ConnectionSource connections, JdbcSettings settings) {
    this.connections = connections;
    this.settings = settings;
  }

  private static Jdbc of(ConnectionSource connections, Query query) {
    JdbcSettings settings =
        new JdbcSettings(
            query.name(),
            query,
            Projection.ALL,
            Optional.empty(),
            DEFAULT_FETCH_SIZE,
            OptionalLong.empty(),
            null);
    return new Jdbc(connections, settings);
  }

  /**
   * Returns the rows of a query.
   *
   * @param connections opens a connection for each reader, which closes it
   * @param sql one statement, with a {@code ?} for each argument
   * @param arguments as {@link java.sql.PreparedStatement#setObject(int, Object)} takes them; also
   *     {@code Instant} and enums
   */
  public static Jdbc query(
      ConnectionSource connections, String sql, @Nullable Object... arguments) {
    return of(connections, new Query.Text(sql, Arrays.asList(arguments)));
  }

  /**
   * Returns the rows of a table or view.
   *
   * @param connections opens a connection for each reader, which closes it
   * @param table its name, spelled as the database keeps it
   */
  public static Jdbc table(ConnectionSource connections, String table) {
    return of(connections, new Query.Table(new TableName(Optional.empty(), table)));
  }

  /** Returns the rows of a table or view in a schema of the database. */
  public static Jdbc table(ConnectionSource connections, String schema, String table) {
    return of(connections, new Query.Table(new TableName(Optional.of(schema), table)));
  }

  /**
   * Returns a table to write to, which is created, or replaced if it exists.
   *
   * @param connections opens a connection for each writing, which closes it
   * @param table its name, spelled as the database is to keep it
   */
  public static JdbcTarget to(ConnectionSource connections, String table) {
    return JdbcTarget.of(connections, new TableName(Optional.empty(), table));
  }

  private Jdbc with(JdbcSettings newSettings) {
    return new Jdbc(connections, newSettings);
  }

  private Jdbc with(Projection projection) {
    return with(settings.withProjection(projection));
  }

  /** Reads the columns that a record describes; see {@link Schema#of(Class)}. */
  public Jdbc as(Class<? extends Record> type) {
    return as(Schema.of(type));
  }

  /** Reads the columns of a schema. */
  public Jdbc as(Schema schema) {
    return with(settings.projection().withSchema(schema));
  }

  /** Reads only these columns, in this order. */
  public Jdbc columns(String... names) {
    return with(settings.projection().withOnly(List.of(names)));
  }

  /**
   * Reads the columns of a label, too; where they are among the others, the label says what they
   * are.
   */
  public Jdbc label(Label<?> label) {
    return with(settings.projection().withLabels(label.fields()));
  }

  /** Makes columns the key: together they tell rows apart, and none of them is ever missing. */
  public Jdbc key(String... names) {
    return role(Role.KEY, names);
  }

  /** Gives columns a role. */
  public Jdbc role(Role role, String... names) {
    return with(settings.projection().withRole(role, List.of(names)));
  }

  /** Gives a column a type, in place of the one that follows from the database. */
  public Jdbc type(String column, FieldType type) {
    return with(settings.projection().withType(column, type));
  }

  /**
   * Says in which zone dates and times without one were meant, so that they can be read as
   * instants. One that a change of the clocks skips or repeats is taken as {@link
   * java.time.LocalDateTime#atZone} does.
   */
  public Jdbc zone(ZoneId zone) {
    return with(settings.withZone(zone));
  }

  /**
   * Says how many rows the driver keeps at once.
   *
   * @param rows 1 or more; {@link #DEFAULT_FETCH_SIZE} by default
   */
  public Jdbc fetchSize(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("fetchSize must be at least 1 but was " + rows);
    }
    return with(settings.withFetchSize(rows));
  }

  /**
   * Says how many rows may be set aside before reading ends with an exception. By default {@link
   * #MAX_REJECTED}, and no more than are read.
   *
   * @param rows 0 or more
   */
  public Jdbc maxRejected(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("maxRejected must be at least 0 but was " + rows);
    }
    return with(settings.withMaxRejected(rows));
  }

  /** Says what people call the rows, in place of the query or the name of the table. */
  public Jdbc named(String name) {
    return with(settings.withName(name));
  }

  /** Says from which allocator the readers take their memory; by default each has its own. */
  public Jdbc allocator(BufferAllocator allocator) {
    return with(settings.withAllocator(allocator));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    Value.Doc.Builder doc = Value.doc();
    settings.query().addTo(doc);
    settings.zone().ifPresent(zone -> doc.put("zone", zone.getId()));
    return doc.build();
  }

  @Override
  public Schema schema() throws IOException {
    if (settings.projection().isDeclared()) {
      return settings.projection().declaredSchema();
    }
    try (Session session = session();
        Plan plan = Plan.of(session, settings, Execution.here())) {
      return plan.bound().schema();
    } catch (SQLException e) {
      throw new IOException(settings.name() + " cannot be closed: " + e.getMessage(), e);
    }
  }

  @Override
  public Origin origin() throws IOException {
    try (SourceReader reader = open(row -> {}, Execution.here())) {
      while (reader.next() != null) {
        // The origin is that of all rows.
      }
      return reader.origin();
    }
  }

  @Override
  public SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution)
      throws IOException {
    Session session = session();
    try {
      return reader(session, Plan.of(session, settings, execution), rejected, execution);
    } catch (IOException | RuntimeException e) {
      try (session) {
        throw e;
      }
    }
  }

  private SourceReader reader(
      Session session, Plan plan, Consumer<? super RejectedRow> rejected, Execution execution)
      throws IOException {
    try {
      return new JdbcReader(settings, session, plan, rejected, execution);
    } catch (RuntimeException e) {
      try (plan) {
        throw e;
      } catch (SQLException closing) {
        throw new IOException(settings.name() + " cannot be closed", closing);
      }
    }
  }

  private Session session() throws IOException {
    return Session.open(connections, /* repeatable= */ !settings.projection().isDeclared());
  }

  /** Returns what is read. */
  @Override
  public String toString() {
    return OPERATION + " " + parameters().canonicalJson();
  }
}
