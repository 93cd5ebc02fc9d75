package dev.mlstack.core.release;

import dev.mlstack.core.store.Records;
import dev.mlstack.release.Release;
import dev.mlstack.release.Release.Route;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A release as a record. It holds all that its routes need, and names the release that was live
 * when it was deployed, so that one release does not keep all earlier ones for ever.
 */
final class ReleaseRecord {

  private static final String PREVIOUS = "previous";
  private static final String NAME = "name";
  private static final String NUMBER = "number";
  private static final String SHARES = "shares";
  private static final String WHY = "why";

  private ReleaseRecord() {}

  static StoredObject of(
      String name,
      int number,
      List<Route> routes,
      Optional<Digest> previous,
      Instant at,
      Cause cause) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      edges.add(Edge.holds(version(i), route.version()));
      edges.add(Edge.holds(fittedModel(i), route.fittedModel()));
      int index = i;
      route.profile().ifPresent(profile -> edges.add(Edge.holds(profile(index), profile)));
    }
    previous.ifPresent(digest -> edges.add(Edge.names(PREVIOUS, digest)));
    Value.Doc facts =
        Value.doc()
            .put(NAME, name)
            .put(NUMBER, number)
            .put(SHARES, Value.ofReals(routes.stream().mapToDouble(Route::share).toArray()))
            .put(WHY, cause.why())
            .build();
    return new Provenance(Release.TYPE, edges, at, cause.by(), facts).toObject();
  }

  /**
   * Returns what a release names as its predecessor.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, or something else
   */
  static Optional<Digest> previous(ObjectSource source, Digest digest) {
    return source.get(digest).require(Release.TYPE).target(PREVIOUS);
  }

  /**
   * Reads a release.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, or something else
   */
  static Release read(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(Release.TYPE);
    try {
      return from(object);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new MalformedObjectException(
          digest, object.type(), "its facts are not those of a release: " + e.getMessage());
    }
  }

  static Release from(StoredObject object) {
    Provenance record = Records.read(object);
    double[] shares = record.facts().reals(SHARES);
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      routes.add(
          new Route(
              object.requireTarget(version(i)),
              object.requireTarget(fittedModel(i)),
              object.target(profile(i)),
              shares[i]));
    }
    return new Release(
        record.facts().text(NAME),
        Math.toIntExact(record.facts().whole(NUMBER)),
        object.digest(),
        routes,
        record.at(),
        record.by(),
        record.facts().text(WHY));
  }

  private static String version(int route) {
    return "route." + route + ".version";
  }

  private static String fittedModel(int route) {
    return "route." + route + ".fitted-model";
  }

  private static String profile(int route) {
    return "route." + route + ".profile";
  }
}
