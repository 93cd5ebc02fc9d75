package dev.mlstack.serve;

import dev.mlstack.core.model.FittedModels;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.Prediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.release.Release;
import dev.mlstack.release.Releases;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Subscription;
import dev.mlstack.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers typed inputs with typed predictions, in the process of the application.
 *
 * <p>It answers with the release that is live under its name and follows every move of it: a new
 * release is loaded in the background, and answers go on with the old one until it is ready. If it
 * cannot be loaded, the old one stays; {@link #problem()} says why. Every answer is logged without
 * waiting for the disk.
 *
 * <p>Safe for use by several threads. An endpoint owns the models that it has loaded; the log, the
 * store and the releases belong to whoever gave them and must outlive it. Closing it lets answers
 * that are under way finish.
 *
 * @param <I> the input
 * @param <A> the answer
 */
public final class Endpoint<I, A> implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Endpoint.class);

  private final String name;
  private final EndpointInput<I> input;
  private final Label<A> label;
  private final ObjectSource objects;
  private final Releases releases;
  private final PredictionLog log;
  private final PredictionIds ids = new PredictionIds();
  private final ExecutorService loader;
  private final Subscription subscription;
  private volatile @Nullable LiveRelease<A> live;
  private volatile @Nullable RuntimeException problem;

  private Endpoint(
      String name,
      EndpointInput<I> input,
      Label<A> label,
      ObjectSource objects,
      Releases releases,
      PredictionLog log) {
    this.name = name;
    this.input = input;
    this.label = label;
    this.objects = objects;
    this.releases = releases;
    this.log = log;
    this.live =
        load(
            releases
                .live(name)
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "nothing is live under '" + name + "'; deploy a release first")));
    this.loader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "mlstack endpoint " + name);
              thread.setDaemon(true);
              return thread;
            });
    this.subscription = releases.follow(name, moved -> refreshInBackground());
    refreshInBackground();
  }

  /**
   * Opens an endpoint. The caller closes it.
   *
   * @param name the name of the release that it follows
   * @param input what it is asked
   * @param label what it answers
   * @param objects gives the models
   * @param releases says what is live
   * @param log takes the answers
   * @throws IllegalStateException if nothing is live under the name, or a native library that the
   *     model needs is not there
   * @throws IllegalArgumentException if an input lacks a column that the model reads
   * @throws dev.mlstack.model.IncompatibleModelException if the model answers something else
   * @throws dev.mlstack.store.StoreException if an object is not there or damaged
   */
  public static <I, A> Endpoint<I, A> open(
      String name,
      EndpointInput<I> input,
      Label<A> label,
      ObjectSource objects,
      Releases releases,
      PredictionLog log) {
    return new Endpoint<>(RefName.of(name).path(), input, label, objects, releases, log);
  }

  /**
   * Answers one input.
   *
   * @throws IllegalStateException if the endpoint is closed
   * @throws IllegalArgumentException if the input cannot be encoded, for instance because it is a
   *     row of another schema
   */
  public Prediction<A> predict(I request) {
    Row row = input.row(Objects.requireNonNull(request, "the input of a prediction is null"));
    PredictionId id = ids.next();
    LiveRelease<A> current = enter();
    try {
      LiveRelease.Answering<A> route = current.route(id);
      long start = System.nanoTime();
      double[] outputs = route.predictor().outputs(row);
      A answer = label.answer(outputs);
      long nanos = System.nanoTime() - start;
      Release release = current.release();
      log.append(
          new LoggedPrediction(
              id, name, release.digest(), route.fittedModel(), input.keep(row), outputs, nanos));
      return new Prediction<>(id, answer, release.digest());
    } finally {
      current.leave();
    }
  }

  private LiveRelease<A> enter() {
    while (true) {
      LiveRelease<A> current = live;
      if (current == null) {
        throw new IllegalStateException("endpoint '" + name + "' is closed; open another one");
      }
      if (current.enter()) {
        return current;
      }
    }
  }

  /** Returns the name of the release that this follows. */
  public String name() {
    return name;
  }

  /**
   * Returns the release that answers now.
   *
   * @throws IllegalStateException if the endpoint is closed
   */
  public Release release() {
    LiveRelease<A> current = enter();
    try {
      return current.release();
    } finally {
      current.leave();
    }
  }

  /** Returns why the release that is live could not be loaded, if it could not. */
  public Optional<RuntimeException> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Loads the release that is live, if it is not the one that answers, and waits for it. Not needed
   * to follow releases, only to know that it has been done.
   *
   * @return the release that answers now
   * @throws IllegalStateException if the endpoint is closed
   * @throws RuntimeException what {@link #open} throws; the release that answered before stays
   */
  public synchronized Release refresh() {
    Release current = release();
    Optional<Release> wanted = releases.live(name);
    if (wanted.isPresent() && !wanted.get().digest().equals(current.digest())) {
      LiveRelease<A> next = load(wanted.get());
      LiveRelease<A> before = live;
      live = next;
      problem = null;
      if (before != null) {
        before.retire();
      }
      LOGGER.info("endpoint '{}' answers with {}", name, wanted.get());
      return wanted.get();
    }
    problem = null;
    return current;
  }

  private void refreshInBackground() {
    try {
      loader.execute(this::refreshOrKeep);
    } catch (RejectedExecutionException e) {
      LOGGER.debug("endpoint '{}' was closed while a release moved", name, e);
    }
  }

  private void refreshOrKeep() {
    try {
      if (live != null) {
        refresh();
      }
    } catch (RuntimeException e) {
      problem = e;
      LOGGER.warn("endpoint '{}' cannot load what is live and keeps on with what it has", name, e);
    }
  }

  private LiveRelease<A> load(Release release) {
    List<LiveRelease.Answering<A>> routes = new ArrayList<>();
    boolean complete = false;
    try {
      double upTo = 0;
      for (Release.Route route : release.routes()) {
        FittedModel<A> model = FittedModels.load(objects, route.fittedModel(), label);
        upTo += route.share();
        routes.add(new LiveRelease.Answering<>(route.fittedModel(), model, predictor(model), upTo));
      }
      complete = true;
      return new LiveRelease<>(release, routes);
    } finally {
      if (!complete) {
        routes.forEach(route -> route.model().close());
      }
    }
  }

  private dev.mlstack.model.Predictor<A> predictor(FittedModel<A> model) {
    boolean bound = false;
    try {
      dev.mlstack.model.Predictor<A> predictor = model.predictor(input.schema());
      bound = true;
      return predictor;
    } finally {
      if (!bound) {
        model.close();
      }
    }
  }

  /** Ends the endpoint. Answers that are under way finish. Closing twice does nothing. */
  @Override
  public void close() {
    subscription.close();
    loader.shutdown();
    synchronized (this) {
      LiveRelease<A> last = live;
      live = null;
      if (last != null) {
        last.retire();
      }
    }
  }
}
