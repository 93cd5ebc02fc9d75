package dev.mlstack.release;

import dev.mlstack.store.Digest;
import dev.mlstack.store.VersionedName;
import java.time.Instant;

/**
 * A fitted model under a name and a number.
 *
 * @param name the name of the model, such as {@code credit}
 * @param number its version, from 1
 * @param digest the digest of the record that this is
 * @param fittedModel the digest of the fitted model
 * @param run the digest of the record of the run that made it
 * @param at when it was registered
 * @param by who registered it
 * @param description what people should know of it; may be empty
 */
public record ModelVersion(
    String name,
    int number,
    Digest digest,
    Digest fittedModel,
    Digest run,
    Instant at,
    String by,
    String description) {

  /** The type of the record of a model version. */
  public static final VersionedName TYPE = new VersionedName("model-version", 1);

  /** The name of the edge to the fitted model, which holds. */
  public static final String FITTED_MODEL = "fitted-model";

  /** The name of the edge to the record of the run, which holds. */
  public static final String RUN = "run";

  /** Returns the name and the number, as {@code credit v3}. */
  @Override
  public String toString() {
    return name + " v" + number;
  }
}
