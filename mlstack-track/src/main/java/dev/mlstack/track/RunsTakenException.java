package dev.mlstack.track;

import dev.mlstack.store.StoreException;

/** Another process has taken this one for dead and has ended its runs. */
final class RunsTakenException extends StoreException {

  private static final long serialVersionUID = 1L;

  RunsTakenException(String where) {
    super(
        "another process that uses "
            + where
            + " heard nothing of this one for too long and has ended its runs as killed; open the"
            + " tracker again and start new runs");
  }
}
