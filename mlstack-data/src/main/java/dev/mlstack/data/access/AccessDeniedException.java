package dev.mlstack.data.access;

import java.util.Optional;

/** A policy does not let somebody read. */
public final class AccessDeniedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String who;
  private final String dataset;
  private final transient Optional<String> column;

  private AccessDeniedException(
      String message, String who, String dataset, Optional<String> column) {
    super(message);
    this.who = who;
    this.dataset = dataset;
    this.column = column;
  }

  /**
   * Creates an exception about a dataset.
   *
   * @param who wanted to
   * @param what what they may not do, such as {@code read}
   * @param dataset the name of the dataset
   */
  public static AccessDeniedException of(String who, String what, String dataset) {
    String message =
        "'" + who + "' may not " + what + " dataset '" + dataset + "'; ask who decides about it";
    return new AccessDeniedException(message, who, dataset, Optional.empty());
  }

  /**
   * Creates an exception about a column.
   *
   * @param who wanted to
   * @param what what they may not do, such as {@code read}
   * @param dataset the name of the dataset
   * @param column the column because of which they may not
   */
  public static AccessDeniedException of(String who, String what, String dataset, String column) {
    String message =
        "'%s' may not %s dataset '%s' because of its column '%s'; ask who decides about it"
            .formatted(who, what, dataset, column);
    return new AccessDeniedException(message, who, dataset, Optional.of(column));
  }

  /** Returns who wanted to read. */
  public String who() {
    return who;
  }

  /** Returns the name of the dataset. */
  public String dataset() {
    return dataset;
  }

  /** Returns the column because of which it was refused; nothing if that was not the reason. */
  public Optional<String> column() {
    return column;
  }
}
