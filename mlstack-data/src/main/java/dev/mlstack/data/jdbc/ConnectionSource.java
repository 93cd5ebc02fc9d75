package dev.mlstack.data.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Gives connections to one database. The method {@code getConnection} of a {@code DataSource} is
 * one: {@code dataSource::getConnection}.
 */
@FunctionalInterface
public interface ConnectionSource {

  /**
   * Opens a connection, or takes one from a pool. The caller closes it.
   *
   * @throws SQLException if there is none
   */
  Connection open() throws SQLException;
}
