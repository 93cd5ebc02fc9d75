package dev.mlstack.core.store;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;

/** Reads recipes and records from a store. */
public final class Records {

  private Records() {}

  /**
   * Returns a record.
   *
   * @param type what type it must be of
   * @throws dev.mlstack.store.StoreException if it is not there, damaged or of another type
   */
  public static Provenance read(ObjectSource source, Digest digest, VersionedName type) {
    return read(source.get(digest).require(type));
  }

  /** Returns the record that an object stores. */
  public static Provenance read(StoredObject object) {
    return Provenance.from(object, Json.payload(object));
  }

  /**
   * Returns a recipe.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged or no recipe
   */
  public static Recipe recipe(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest);
    return Recipe.from(object, Json.payload(object));
  }
}
