package dev.mlstack.data.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.util.Set;

/** Tells what errors of databases are about (ISO/IEC 9075-2, SQLSTATE classes). */
final class SqlStates {

  private static final String DATA = "22";

  /** Data, constraints, and what is not there or not allowed. */
  private static final Set<String> REFUSALS = Set.of(DATA, "23", "42");

  /** Of SQLite, which has no states: error, constraint, mismatch, too big. */
  private static final Set<Integer> SQLITE_REFUSALS = Set.of(1, 18, 19, 20);

  private SqlStates() {}

  /** Tells whether a value is at fault, so that another may be read. */
  static boolean isData(SQLException e) {
    return e instanceof SQLDataException || stateClass(e).equals(DATA);
  }

  /** Tells whether what was to be written is at fault, so that trying again does not help. */
  static boolean isRefusal(SQLException e, Database database) {
    return isData(e)
        || e instanceof SQLIntegrityConstraintViolationException
        || e instanceof SQLSyntaxErrorException
        || REFUSALS.contains(stateClass(e))
        || (database.isDynamic() && SQLITE_REFUSALS.contains(e.getErrorCode() & 0xFF))
        || (e.getNextException() != null && isRefusal(e.getNextException(), database));
  }

  private static String stateClass(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  /** Returns the messages of an error and of those behind it. */
  static String message(SQLException e) {
    SQLException next = e.getNextException();
    return e.getMessage() + (next == null ? "" : ": " + message(next));
  }
}
