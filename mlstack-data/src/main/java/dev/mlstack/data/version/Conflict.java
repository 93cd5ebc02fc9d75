package dev.mlstack.data.version;

import java.util.Optional;

/**
 * A value that two branches have changed since they parted, each to another; or a row that one has
 * changed and the other removed.
 *
 * @param rowId the identity of the row
 * @param key its keys, as they would stand in a file
 * @param column the column; empty if one side has removed the row
 * @param base the value, or the whole row, when they parted; nothing if it was not there
 * @param ours that of the branch which is merged into
 * @param theirs that of the branch which is merged
 */
public record Conflict(
    long rowId,
    String key,
    Optional<String> column,
    Optional<String> base,
    Optional<String> ours,
    Optional<String> theirs) {

  /** Says which side of a conflict stands. */
  @FunctionalInterface
  public interface Resolution {

    /** Our side stands in every conflict. */
    Resolution OURS = conflict -> Optional.of(Side.OURS);

    /** Their side stands in every conflict. */
    Resolution THEIRS = conflict -> Optional.of(Side.THEIRS);

    /** Every conflict stays one. */
    Resolution NONE = conflict -> Optional.empty();

    /** Returns which side stands; nothing if this stays a conflict. */
    Optional<Side> of(Conflict conflict);
  }

  /** A side of a merge. */
  public enum Side {
    /** The branch that is merged into. */
    OURS,
    /** The branch that is merged. */
    THEIRS
  }

  /** Returns the key, the column and the three values. */
  @Override
  public String toString() {
    return "row "
        + key
        + column.map(name -> ", column " + name).orElse("")
        + ": was "
        + text(base)
        + ", ours is "
        + text(ours)
        + ", theirs is "
        + text(theirs);
  }

  private static String text(Optional<String> value) {
    return value.map(text -> "'" + text + "'").orElse("not there");
  }
}
