package dev.mlstack.store;

/**
 * Takes objects and names them.
 *
 * <p>A {@link Batch} is a sink that stores; {@code StoredObject::digest} is a sink that only names,
 * which is how the digest of a {@link Content} is found without storing it.
 */
@FunctionalInterface
public interface ObjectSink {

  /**
   * Takes an object.
   *
   * @return its digest
   */
  Digest put(StoredObject object);
}
