package dev.mlstack.release;

import dev.mlstack.store.Digest;
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

  /** Returns the name and the number, as {@code credit v3}. */
  @Override
  public String toString() {
    return name + " v" + number;
  }
}
