package dev.mlstack.core.release;

import dev.mlstack.core.store.Records;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** A model version as a record. */
final class VersionRecord {

  private static final String NAME = "name";
  private static final String NUMBER = "number";
  private static final String DESCRIPTION = "description";

  private VersionRecord() {}

  static StoredObject of(
      String name, int number, Digest fittedModel, Digest run, Instant at, Cause cause) {
    return new Provenance(
            ModelVersion.TYPE,
            List.of(
                Edge.holds(ModelVersion.FITTED_MODEL, fittedModel),
                Edge.holds(ModelVersion.RUN, run)),
            at,
            cause.by(),
            Value.doc().put(NAME, name).put(NUMBER, number).put(DESCRIPTION, cause.why()).build())
        .toObject();
  }

  /**
   * Reads a model version.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, or something else
   */
  static ModelVersion read(ObjectSource source, Digest digest) {
    return from(source.get(digest).require(ModelVersion.TYPE));
  }

  static ModelVersion from(StoredObject object) {
    try {
      Provenance record = Records.read(object);
      return new ModelVersion(
          record.facts().text(NAME),
          Math.toIntExact(record.facts().whole(NUMBER)),
          object.digest(),
          object.requireTarget(ModelVersion.FITTED_MODEL),
          object.requireTarget(ModelVersion.RUN),
          record.at(),
          record.by(),
          record.facts().text(DESCRIPTION));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new MalformedObjectException(
          object.digest(),
          object.type(),
          "its facts are not those of a model version: " + e.getMessage());
    }
  }
}
