package dev.mlstack.core.profile;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;

/** Reads profiles from a store. {@link Profile#writeTo} writes them. */
public final class Profiles {

  private Profiles() {}

  /**
   * Returns a stored profile.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged or malformed
   */
  public static Profile read(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(Profile.TYPE);
    Value.Doc doc = Json.payload(object);
    try {
      return new Profile(
          object.requireTarget(Profile.DATA),
          doc.whole("rows"),
          doc.items("columns").stream().map(ColumnProfile::fromValue).toList());
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(
          digest, Profile.TYPE, "it is no profile: " + e.getMessage());
    }
  }
}
