package dev.mlstack.table;

/**
 * Data is not as it must be. The message says where (source and line, or row), which column, which
 * value, and what to do.
 */
public class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception. */
  public DataException(String message) {
    super(message);
  }

  /** Creates an exception about a row. */
  public DataException(RejectedRow row) {
    super(row.toString());
  }
}
