package dev.mlstack.store;

/** Stored bytes do not have the digest under which they stand. */
public class CorruptObjectException extends StoreException {

  private static final long serialVersionUID = 1L;

  private final transient Digest digest;

  /**
   * Creates an exception.
   *
   * @param digest the object that is damaged
   * @param where the file and the offset, or the address, of the damaged bytes
   */
  public CorruptObjectException(Digest digest, String where) {
    super(
        "object "
            + digest
            + " is damaged: its bytes at "
            + where
            + " have another digest; restore them from a copy of the store");
    this.digest = digest;
  }

  /** Returns the digest of the damaged object. */
  public Digest digest() {
    return digest;
  }
}
