package dev.mlstack.serve;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Predictor;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.release.Release;
import dev.mlstack.store.Digest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A release with its models loaded, counted: the models are closed when the endpoint has let go of
 * it and the last answer under way is given, never while a model works.
 *
 * <p>Invariant: {@code users} is 1 for the endpoint, until {@link #retire()}, plus 1 for each
 * {@link #enter()} without {@link #leave()}; at 0 the models are closed, and it stays 0.
 *
 * @param <A> the answer
 */
final class LiveRelease<A> {

  private static final Logger LOGGER = LoggerFactory.getLogger(LiveRelease.class);
  private static final RandomStream ROUTES = RandomStream.of(0, "route");

  private final Release release;
  private final List<Answering<A>> routes;
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * One route, ready to answer.
   *
   * @param fittedModel the digest of the model
   * @param model the model; owned by the release
   * @param predictor answers rows of the endpoint's schema
   * @param upTo draws below this number, and not below that of the route before, take this route
   */
  record Answering<A>(
      Digest fittedModel, FittedModel<A> model, Predictor<A> predictor, double upTo) {}

  LiveRelease(Release release, List<Answering<A>> routes) {
    this.release = release;
    this.routes = List.copyOf(routes);
  }

  Release release() {
    return release;
  }

  /** Returns the route that answers a request. The same request always takes the same one. */
  Answering<A> route(PredictionId id) {
    int last = routes.size() - 1;
    if (last > 0) {
      double draw = ROUTES.uniform(id.high() ^ id.low());
      for (int i = 0; i < last; i++) {
        if (draw < routes.get(i).upTo()) {
          return routes.get(i);
        }
      }
    }
    return routes.get(last);
  }

  /** Begins an answer; returns whether the models are still open. */
  boolean enter() {
    int seen = users.get();
    while (seen > 0) {
      if (users.compareAndSet(seen, seen + 1)) {
        return true;
      }
      seen = users.get();
    }
    return false;
  }

  /** Ends an answer. */
  void leave() {
    if (users.decrementAndGet() == 0) {
      close(routes);
    }
  }

  /** Closes the models of some routes. Whoever happens to be the last one must not fail for it. */
  static <A> void close(List<Answering<A>> routes) {
    for (Answering<A> route : routes) {
      try {
        route.model().close();
      } catch (RuntimeException e) {
        LOGGER.warn("the model {} could not be closed", route.fittedModel(), e);
      }
    }
  }

  /** Lets go: the models are closed as soon as no answer is under way. Called once. */
  void retire() {
    leave();
  }
}
