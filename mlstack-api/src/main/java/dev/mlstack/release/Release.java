package dev.mlstack.release;

import dev.mlstack.store.Digest;
import dev.mlstack.store.VersionedName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What answers under a name: one or more routes, bound together so that one move puts all of it
 * live.
 *
 * @param name the name, such as {@code credit}
 * @param number the number of this release, from 1
 * @param digest the digest of the record that this is
 * @param routes where traffic goes; the shares sum to 1
 * @param at when it was made
 * @param by who made it
 * @param why the reason; may be empty
 */
public record Release(
    String name, int number, Digest digest, List<Route> routes, Instant at, String by, String why) {

  /** The type of the record of a release. */
  public static final VersionedName TYPE = new VersionedName("release", 1);

  private static final double TOLERANCE = 1e-9;

  /** Copies the routes and checks their shares. */
  public Release {
    routes = List.copyOf(routes);
    double sum = routes.stream().mapToDouble(Route::share).sum();
    if (routes.isEmpty() || Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException("shares of routes must sum to 1 but sum to " + sum);
    }
  }

  /** Returns the name and the number, as {@code credit #3}. */
  @Override
  public String toString() {
    return name + " #" + number;
  }

  /**
   * A part of the traffic and the model that answers it.
   *
   * @param version the digest of the record of the model version
   * @param fittedModel the digest of the fitted model
   * @param profile the digest of the profile of the data it was trained on, if there is one, which
   *     live traffic is compared with
   * @param share the probability that a request takes this route, above 0 and at most 1
   */
  public record Route(Digest version, Digest fittedModel, Optional<Digest> profile, double share) {
    /** Checks the share. */
    public Route {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be above 0 and at most 1 but was " + share);
      }
    }
  }
}
