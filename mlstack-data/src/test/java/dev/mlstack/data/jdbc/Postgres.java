package dev.mlstack.data.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL server, started once for all tests that name this extension, and stopped at the
 * end. Where it cannot run, they are skipped and say why.
 */
public final class Postgres implements BeforeAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Postgres.class);

  private @Nullable EmbeddedPostgres server;

  /** A server, or why there is none. */
  private record Started(@Nullable EmbeddedPostgres server, String problem)
      implements AutoCloseable {
    static Started now() {
      try {
        return new Started(EmbeddedPostgres.builder().start(), "");
      } catch (IOException | IllegalStateException e) {
        return new Started(null, "PostgreSQL does not run here: " + e.getMessage());
      }
    }

    @Override
    public void close() throws IOException {
      if (server != null) {
        server.close();
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Started started =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Started.class, key -> Started.now(), Started.class);
    Assumptions.assumeTrue(started.server() != null, started.problem());
    server = started.server();
  }

  Connection open() throws SQLException {
    if (server == null) {
      throw new IllegalStateException("the extension has not begun");
    }
    return server.getPostgresDatabase().getConnection();
  }

  /** Runs statements. */
  void run(String... statements) throws SQLException {
    run(this::open, statements);
  }

  static void run(ConnectionSource connections, String... statements) throws SQLException {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
