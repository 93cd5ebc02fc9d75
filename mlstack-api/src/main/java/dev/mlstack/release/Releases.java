package dev.mlstack.release;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes releases, puts them live and rolls back.
 *
 * <p>What is live under a name is a ref, {@code releases/<name>/live}; deploying, promoting and
 * rolling back move it. Safe for use by several threads and processes.
 */
public interface Releases {

  /**
   * Makes a release whose traffic goes to one model version, and puts it live.
   *
   * @param name the name of the release
   */
  default Release deploy(String name, ModelVersion version, Cause cause) {
    return deploy(name, Map.of(version, 1.0), cause);
  }

  /**
   * Makes a release whose traffic is shared between model versions, and puts it live.
   *
   * @param name the name of the release
   * @param shares the share of each version; they sum to 1, and all versions answer alike
   */
  Release deploy(String name, Map<ModelVersion, Double> shares, Cause cause);

  /** Returns what is live under a name. */
  Optional<Release> live(String name);

  /**
   * Puts the release live again that was live before the current one: a second rollback goes back
   * one more.
   *
   * @return what is live now
   * @throws IllegalStateException if there is nothing to go back to
   */
  Release rollback(String name, Cause cause);

  /** Returns what was live under a name, move by move, the first first. */
  List<Release> history(String name);

  /** Follows what is live under a name. The caller closes the subscription. */
  Subscription follow(String name, Consumer<Release> listener);
}
