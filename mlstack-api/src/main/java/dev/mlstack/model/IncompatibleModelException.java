package dev.mlstack.model;

/** Things were brought together that were not trained together. The message says which. */
public class IncompatibleModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception. */
  public IncompatibleModelException(String message) {
    super(message);
  }
}
