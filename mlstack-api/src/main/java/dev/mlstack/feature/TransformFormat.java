package dev.mlstack.feature;

import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * Loads fitted steps of a pipeline. Found by {@link java.util.ServiceLoader}: an application that
 * writes its own {@link Transform} provides one, so that pipelines with it can be loaded anywhere.
 */
public interface TransformFormat {

  /** Returns the operations that this format can load. */
  List<VersionedName> operations();

  /**
   * Returns a fitted step.
   *
   * @param operation one of {@link #operations()}
   * @param parameters what {@link FittedTransform#parameters()} returned
   * @throws IllegalArgumentException if the parameters are not of such a step
   */
  FittedTransform load(VersionedName operation, Value.Doc parameters);
}
