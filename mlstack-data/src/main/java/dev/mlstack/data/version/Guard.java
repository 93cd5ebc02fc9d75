package dev.mlstack.data.version;

import dev.mlstack.data.access.Access;
import dev.mlstack.data.access.AccessDeniedException;
import dev.mlstack.data.access.AccessPolicy;
import dev.mlstack.data.access.AuditLog;
import dev.mlstack.data.access.AuditedRead.What;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;

/**
 * Stands between datasets and who reads them.
 *
 * @param policy decides what may be read
 * @param audit hears what is
 */
record Guard(AccessPolicy policy, AuditLog audit) {

  /** Returns the guard that does what this and another do. */
  Guard and(Guard other) {
    return new Guard(policy.and(other.policy), audit.and(other.audit));
  }

  void requireAdmitted(String who, String dataset) {
    if (!policy.admits(who, dataset)) {
      throw AccessDeniedException.of(who, "read", dataset);
    }
  }

  /**
   * Returns what somebody sees of a version.
   *
   * @param stored its columns
   * @throws AccessDeniedException if they may not read it
   */
  View view(String who, String dataset, Optional<Digest> commit, Schema stored) {
    requireAdmitted(who, dataset);
    BitSet hidden = new BitSet();
    for (int i = 0; i < stored.size(); i++) {
      Access access =
          Objects.requireNonNull(policy.of(who, dataset, stored.field(i)), "a policy gave null");
      if (access == Access.REFUSED) {
        throw AccessDeniedException.of(who, "read", dataset, stored.field(i).name());
      }
      hidden.set(i, access == Access.HIDDEN);
    }
    View.Reader reader = new View.Reader(who, dataset, commit, audit);
    return new View(stored, hidden, What.ROWS, reader);
  }
}
