package dev.mlstack.store;

/** The store has no object with the digest asked for. */
public class ObjectNotFoundException extends StoreException {

  private static final long serialVersionUID = 1L;

  private final transient Digest digest;

  /**
   * Creates an exception.
   *
   * @param digest what was asked for
   * @param where the store that was asked
   */
  public ObjectNotFoundException(Digest digest, String where) {
    super("no object " + digest + " in " + where);
    this.digest = digest;
  }

  /** Returns the digest that was asked for. */
  public Digest digest() {
    return digest;
  }
}
