package dev.mlstack.release;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Keeps versions of models under names, and aliases that point to versions.
 *
 * <p>Names and aliases are segments of a {@link dev.mlstack.store.RefName}. Versions are numbered
 * from 1 without gaps and never change. Safe for use by several threads and processes.
 */
public interface ModelRegistry {

  /**
   * Registers a fitted model as the next version of a name.
   *
   * @param name the name of the model
   * @param fittedModel the digest of a fitted model in the store
   * @param run the digest of the record of the run that made it
   * @param cause who registers it; the reason becomes the description
   * @throws dev.mlstack.store.StoreException if the store lacks one of the objects, or if it is
   *     something else
   */
  ModelVersion register(String name, Digest fittedModel, Digest run, Cause cause);

  /** Returns all names, sorted. */
  List<String> names();

  /** Returns all versions of a name, the first first; empty if there is none. */
  List<ModelVersion> versions(String name);

  /** Returns a version of a name. */
  Optional<ModelVersion> version(String name, int number);

  /**
   * Points an alias to a version, wherever it pointed before.
   *
   * @param alias the alias, such as {@code champion}; not a number
   * @throws IllegalArgumentException if the registry has no such version
   */
  void alias(String alias, ModelVersion version, Cause cause);

  /** Returns the version that an alias of a name points to. */
  Optional<ModelVersion> aliased(String name, String alias);

  /** Returns all aliases of a name with the numbers of their versions. */
  SortedMap<String, Integer> aliases(String name);
}
