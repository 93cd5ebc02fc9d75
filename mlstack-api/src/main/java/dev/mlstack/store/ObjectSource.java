package dev.mlstack.store;

/** Gives objects by digest. */
@FunctionalInterface
public interface ObjectSource {

  /**
   * Returns the object with the given digest. Its bytes have been verified.
   *
   * @throws ObjectNotFoundException if there is none
   * @throws CorruptObjectException if the bytes found do not have this digest
   * @throws StoreException if reading fails
   */
  StoredObject get(Digest digest);
}
