package dev.mlstack.data.access;

/**
 * Hears who reads what, before they do. If it throws, nothing is read. Used by several threads at
 * once.
 */
@FunctionalInterface
public interface AuditLog {

  /** A log that forgets everything. */
  AuditLog NONE = read -> {};

  /** Takes note of a read that is about to begin. */
  void record(AuditedRead read);

  /** Returns a log that tells this one and then another. */
  default AuditLog and(AuditLog other) {
    return read -> {
      record(read);
      other.record(read);
    };
  }
}
