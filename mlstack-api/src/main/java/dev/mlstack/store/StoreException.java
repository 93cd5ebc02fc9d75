package dev.mlstack.store;

/** Reading from or writing to a store failed. The message says what, where and what to do. */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public StoreException(String message) {
    super(message);
  }

  /** Creates an exception with a message and the failure that caused it. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
