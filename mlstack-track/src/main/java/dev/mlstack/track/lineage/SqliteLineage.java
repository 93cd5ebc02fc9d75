package dev.mlstack.track.lineage;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.VersionedName;
import dev.mlstack.track.sqlite.Database;
import dev.mlstack.track.sqlite.Layout;
import dev.mlstack.track.sqlite.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps the index of a store in a SQLite file. Safe for use by several threads, and by several
 * processes on one file.
 *
 * <p>The file is not the one of the tracker: it holds nothing that is not in the objects, and can
 * be deleted whenever nobody has it open, while the file of the tracker has the runs under way.
 *
 * <p>Owns the file's connections; whoever opens it closes it.
 */
public final class SqliteLineage extends IndexedLineage implements AutoCloseable {

  /** Says "mlsl" in the header of the file. */
  private static final int APPLICATION_ID = 0x6D6C736C;

  private static final Layout LAYOUT =
      new Layout(
          APPLICATION_ID,
          "lineage index",
          List.of(
              List.of(
                  // An object without a type is not stored: others link to it.
                  """
                  CREATE TABLE object (
                    key INTEGER PRIMARY KEY,
                    digest BLOB NOT NULL UNIQUE,
                    type TEXT)""",
                  """
                  CREATE TABLE edge (
                    origin INTEGER NOT NULL REFERENCES object,
                    position INTEGER NOT NULL,
                    name TEXT NOT NULL,
                    target INTEGER NOT NULL REFERENCES object,
                    holds INTEGER NOT NULL,
                    PRIMARY KEY (origin, position)) WITHOUT ROWID""",
                  "CREATE INDEX edge_target ON edge (target, origin)",
                  """
                  CREATE TABLE fingerprint (
                    key INTEGER PRIMARY KEY CHECK (key = 1),
                    count INTEGER NOT NULL,
                    bits BLOB NOT NULL)""",
                  "INSERT INTO fingerprint VALUES (1, 0, zeroblob(32))")));

  private static final String LINKS =
      """
      SELECT origin.digest, origin.type, edge.name, target.digest, edge.holds
      FROM object origin
      JOIN edge ON edge.origin = origin.key
      JOIN object target ON target.key = edge.target
      """;

  private final Database database;

  private SqliteLineage(Database database, ObjectStore store) {
    super(store);
    this.database = database;
  }

  /**
   * Opens an index. A new one is empty until the first {@link #refresh()}.
   *
   * @param file where it is kept; created if it does not exist
   * @param store has the objects; it stays the caller's
   * @throws IOException if the file cannot be opened, is something else, or was written by a newer
   *     version
   */
  public static SqliteLineage open(Path file, ObjectStore store) throws IOException {
    return new SqliteLineage(Database.open(file, LAYOUT), store);
  }

  @Override
  public List<Link> outgoing(Digest object) {
    return links(LINKS + "WHERE origin.digest = ? ORDER BY edge.position", object);
  }

  @Override
  public List<Link> incoming(Digest object) {
    return links(LINKS + "WHERE target.digest = ? ORDER BY origin.digest, edge.name", object);
  }

  private List<Link> links(String query, Digest object) {
    return database.read(sql -> sql.list(query, SqliteLineage::link, (Object) object.toBytes()));
  }

  private static Link link(ResultSet row) throws SQLException {
    Digest target = Digest.ofBytes(row.getBytes(4));
    return new Link(
        Digest.ofBytes(row.getBytes(1)),
        VersionedName.parse(row.getString(2)),
        new Edge(row.getString(3), target, row.getBoolean(5)));
  }

  @Override
  Fingerprint fingerprint() {
    return database.read(SqliteLineage::readFingerprint);
  }

  private static Fingerprint readFingerprint(Sql sql) throws SQLException {
    return sql.list(
            "SELECT count, bits FROM fingerprint",
            row -> new Fingerprint(row.getLong(1), row.getBytes(2)))
        .get(0);
  }

  private static void writeFingerprint(Sql sql, Fingerprint fingerprint) throws SQLException {
    sql.update(
        "UPDATE fingerprint SET count = ?, bits = ?", fingerprint.count(), fingerprint.bits());
  }

  @Override
  Set<Digest> known() {
    return database.read(
        sql ->
            new HashSet<>(
                sql.list(
                    "SELECT digest FROM object WHERE type IS NOT NULL",
                    row -> Digest.ofBytes(row.getBytes(1)))));
  }

  @Override
  void add(List<Node> nodes) {
    database.write(
        sql -> {
          Fingerprint fingerprint = readFingerprint(sql);
          Map<Digest, Long> keys = new HashMap<>();
          for (Node node : nodes) {
            long key = key(sql, node.digest(), keys);
            boolean added =
                sql.update(
                        "UPDATE object SET type = ? WHERE key = ? AND type IS NULL",
                        node.type().toString(),
                        key)
                    > 0;
            if (added) {
              fingerprint.add(node.digest());
              addEdges(sql, key, node.edges(), keys);
            }
          }
          writeFingerprint(sql, fingerprint);
          return nodes.size();
        });
  }

  private static void addEdges(Sql sql, long origin, List<Edge> edges, Map<Digest, Long> keys)
      throws SQLException {
    for (int i = 0; i < edges.size(); i++) {
      Edge edge = edges.get(i);
      sql.update(
          "INSERT INTO edge VALUES (?, ?, ?, ?, ?)",
          origin,
          i,
          edge.name(),
          key(sql, edge.target(), keys),
          edge.holds() ? 1 : 0);
    }
  }

  /** Returns the key of an object, which is added as one that is not stored if need be. */
  private static long key(Sql sql, Digest digest, Map<Digest, Long> keys) throws SQLException {
    Long known = keys.get(digest);
    if (known != null) {
      return known;
    }
    byte[] bytes = digest.toBytes();
    List<Long> found =
        sql.list("SELECT key FROM object WHERE digest = ?", row -> row.getLong(1), (Object) bytes);
    long key =
        found.isEmpty()
            ? sql.insert("INSERT INTO object (digest) VALUES (?)", (Object) bytes)
            : found.get(0);
    keys.put(digest, key);
    return key;
  }

  @Override
  void remove(Set<Digest> objects) {
    if (objects.isEmpty()) {
      return;
    }
    database.write(
        sql -> {
          Fingerprint fingerprint = readFingerprint(sql);
          Map<Digest, Long> keys = new HashMap<>();
          for (Digest object : objects) {
            long key = key(sql, object, keys);
            sql.update("DELETE FROM edge WHERE origin = ?", key);
            if (sql.update("UPDATE object SET type = NULL WHERE key = ? AND type IS NOT NULL", key)
                > 0) {
              fingerprint.remove(object);
            }
          }
          sql.update(
              """
              DELETE FROM object
              WHERE type IS NULL AND key NOT IN (SELECT target FROM edge)""");
          writeFingerprint(sql, fingerprint);
          return objects.size();
        });
  }

  @Override
  void clear() {
    database.write(
        sql -> {
          sql.update("DELETE FROM edge");
          sql.update("DELETE FROM object");
          writeFingerprint(sql, Fingerprint.ofNone());
          return 0;
        });
  }

  @Override
  <T> T atOnce(Supplier<T> answer) {
    return database.read(sql -> answer.get());
  }

  /** Closes the file. Closing twice does nothing. */
  @Override
  public void close() {
    database.close();
  }
}
