package dev.mlstack.model;

import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.VersionedName;

/**
 * Loads models of one type. Found by {@link java.util.ServiceLoader}, so that whatever has the
 * right jar on its path can load a model without knowing how it was trained.
 */
public interface ModelFormat {

  /** Returns the type of the objects that this format loads, such as linear/1. */
  VersionedName type();

  /**
   * Loads a model. The caller closes it.
   *
   * @param source gives the object and those it holds
   * @param digest the root, an object of {@link #type()}
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   * @throws IllegalStateException if a native library that the model needs is not there
   */
  Model load(ObjectSource source, Digest digest);
}
