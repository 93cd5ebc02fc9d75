package dev.mlstack.data.version;

import java.util.List;

/** Two branches cannot be merged because they have changed the same values. */
public final class MergeConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Conflict> conflicts;

  MergeConflictException(String what, List<Conflict> conflicts) {
    super(
        what
            + " has "
            + conflicts.size()
            + (conflicts.size() == 1 ? " conflict" : " conflicts")
            + ", the first in "
            + conflicts.get(0)
            + "; resolve them with resolve(…), or change one of the branches");
    this.conflicts = List.copyOf(conflicts);
  }

  /** Returns the conflicts. */
  public List<Conflict> conflicts() {
    return conflicts;
  }
}
