package dev.mlstack.store;

/**
 * An object is intact but not what was expected: of another type, or of a form that its type does
 * not allow.
 */
public class MalformedObjectException extends StoreException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param digest the object
   * @param type its type
   * @param what what is wrong with it
   */
  public MalformedObjectException(Digest digest, VersionedName type, String what) {
    super("object " + digest + " is a " + type + " that cannot be used: " + what);
  }
}
