package dev.mlstack.store;

/** Something with a canonical form that can be stored as an object, or as a tree of objects. */
public interface Content {

  /**
   * Puts this content and every object that it holds into {@code sink}, the root last.
   *
   * @return the digest of the root
   */
  Digest writeTo(ObjectSink sink);

  /**
   * Returns the digest of this content. Equal contents have equal digests, on every machine.
   *
   * <p>The default computes the canonical form anew; types that are asked often keep it.
   */
  default Digest digest() {
    return writeTo(StoredObject::digest);
  }
}
