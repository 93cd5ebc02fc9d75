package dev.mlstack.core.profile;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.function.Function;

/** Reads profiles from a store. {@link Profile#writeTo} writes them. */
public final class Profiles {

  /** The type of the profiles of earlier versions, which only have cells. */
  static final VersionedName FIRST_TYPE = new VersionedName("profile", 1);

  private Profiles() {}

  /**
   * Returns a stored profile.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, malformed, or of the type
   *     {@code profile/1}, of which only {@link #readCells} can be read
   */
  public static Profile read(ObjectSource source, Digest digest) {
    return parse(source.get(digest).require(Profile.TYPE), Profiles::profile);
  }

  /**
   * Returns the cells of a stored profile of any version.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged or malformed
   */
  public static ProfileCells readCells(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest);
    return object.type().equals(FIRST_TYPE)
        ? parse(object, doc -> firstVersion(digest, doc))
        : parse(object.require(Profile.TYPE), Profiles::profile).cells();
  }

  private static Profile profile(Value.Doc doc) {
    long rows = doc.whole("rows");
    List<ColumnProfile> columns =
        doc.items("columns").stream().map(ColumnProfile::fromValue).toList();
    for (ColumnProfile column : columns) {
      if (column.rows() != rows) {
        throw new IllegalArgumentException(
            "column '" + column.field().name() + "' has " + column.rows() + " rows, not " + rows);
      }
    }
    return new Profile(rows, columns);
  }

  private static ProfileCells firstVersion(Digest digest, Value.Doc doc) {
    return new ProfileCells(
        digest,
        doc.whole("rows"),
        doc.items("columns").stream().map(ColumnCells::fromFirstVersion).toList());
  }

  private static <T> T parse(StoredObject object, Function<Value.Doc, T> form) {
    Value.Doc doc = Json.payload(object);
    try {
      return form.apply(doc);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedObjectException(
          object.digest(), object.type(), "it is no profile: " + e.getMessage());
    }
  }
}
