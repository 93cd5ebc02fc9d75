/**
 * Rows from and to databases, over any JDBC driver, which the application brings.
 *
 * <p>{@link dev.mlstack.data.jdbc.Jdbc} reads a query or a table as a {@link
 * dev.mlstack.table.Source}, row by row, in bounded memory; {@link
 * dev.mlstack.data.jdbc.JdbcTarget} creates, replaces or extends a table. Both take their
 * connections from a {@link dev.mlstack.data.jdbc.ConnectionSource} and close them. What databases
 * do differently stands in one class, {@code Database}.
 */
@NullMarked
package dev.mlstack.data.jdbc;

import org.jspecify.annotations.NullMarked;
