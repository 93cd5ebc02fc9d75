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
   * @throws IllegalArgumentException if they do not, or if one is not a registered version
   */
  Release deploy(String name, Map<ModelVersion, Double> shares, Cause cause);

  /** Returns what is live under a name. */
  Optional<Release> live(String name);

  /**
   * Puts the release live again that was live when the current one was deployed: a second rollback
   * goes back one more. So deploying and rolling back are like the doing and undoing of an editor:
   * after deploying A, B and C, two rollbacks lead to A; if D is deployed then, a rollback leads to
   * A again, and B and C are out of the way.
   *
   * @return what is live now
   * @throws IllegalStateException if there is nothing to go back to, or if somebody else moved the
   *     name meanwhile
   */
  Release rollback(String name, Cause cause);

  /** Returns what was live under a name, move by move, the first first. */
  List<Release> history(String name);

  /**
   * Follows what is live under a name, as {@link dev.mlstack.store.Refs#follow} does: {@code
   * listener} is told after each move what is live then. If nothing is, it is not told. The caller
   * closes the subscription.
   */
  Subscription follow(String name, Consumer<Release> listener);
}
