package dev.mlstack.serve;

import dev.mlstack.core.model.FittedModels;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.model.Predictor;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.Prediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.release.Release;
import dev.mlstack.release.Releases;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Subscription;
import dev.mlstack.table.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers typed inputs with typed predictions, in the process of the application.
 *
 * <p>It answers with the release that is live under its name and follows every move of it: a new
 * release is loaded in the background, and answers go on with the old one until it is ready. If it
 * cannot be loaded, the old one stays, {@link #problem()} says why, and it is tried again every ten
 * seconds. Every answer is logged without waiting for the disk.
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
  private static final Duration CHECK = Duration.ofSeconds(10);

  private final String name;
  private final EndpointInput<I> input;
  private final Label<A> label;
  private final ObjectSource objects;
  private final Releases releases;
  private final PredictionLog log;
  private final PredictionIds ids = new PredictionIds();
  private final ScheduledThreadPoolExecutor loader;
  private final Subscription subscription;
  private final Future<?> checks;
  private volatile @Nullable LiveRelease<A> live;
  private volatile @Nullable RuntimeException problem;

  private Endpoint(
      String name,
      EndpointInput<I> input,
      Label<A> label,
      ObjectSource objects,
      Releases releases,
      PredictionLog log,
      Duration check) {
    this.name = name;
    this.input = input;
    this.label = label;
    this.objects = objects;
    this.releases = releases;
    this.log = log;
    this.loader = loader(name);
    boolean open = false;
    try {
      this.live = load(requireLive());
      this.subscription = releases.follow(name, moved -> refreshInBackground());
      open = true;
    } finally {
      if (!open) {
        loader.shutdown();
        retire(live);
      }
    }
    // At once, as it may have moved before it was followed; and again and again, as nobody tells
    // when what could not be loaded has been mended.
    this.checks =
        loader.scheduleWithFixedDelay(
            this::refreshOrKeep, 0, check.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor loader(String name) {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "mlstack endpoint " + name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private Release requireLive() {
    return releases
        .live(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "nothing is live under '" + name + "'; deploy a release first"));
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
    return open(name, input, label, objects, releases, log, CHECK);
  }

  /** Opens an endpoint that looks after its release at another interval. */
  static <I, A> Endpoint<I, A> open(
      String name,
      EndpointInput<I> input,
      Label<A> label,
      ObjectSource objects,
      Releases releases,
      PredictionLog log,
      Duration check) {
    return new Endpoint<>(RefName.of(name).path(), input, label, objects, releases, log, check);
  }

  /**
   * Answers one input. An answer is given only if it is logged: if the log is closed, or has no
   * more room because its disk fails, so does this.
   *
   * @throws IllegalStateException if the endpoint or its log is closed
   * @throws IllegalArgumentException if a column of the input has a value that it cannot have, or
   *     the input is a row of another schema; the message names the column and the value
   */
  public Prediction<A> predict(I request) {
    Row row = row(request);
    LiveRelease<A> current = enter();
    try {
      PredictionId id = ids.next();
      LiveRelease.Answering<A> route = current.route(id);
      long start = System.nanoTime();
      double[] outputs = route.predictor().outputs(row);
      A answer = label.answer(outputs);
      long nanos = System.nanoTime() - start;
      Digest release = current.release().digest();
      log.append(new LoggedPrediction(id, name, release, route.fittedModel(), row, outputs, nanos));
      return new Prediction<>(id, answer, release);
    } finally {
      current.leave();
    }
  }

  private Row row(I request) {
    if (request == null) {
      throw new IllegalArgumentException(
          "the input of endpoint '" + name + "' must be a record or a row but was null");
    }
    try {
      return input.row(request);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "endpoint '" + name + "' cannot take this input: " + e.getMessage(), e);
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
   * @throws RuntimeException as {@link #open} does; the release that answered before stays
   */
  public synchronized Release refresh() {
    Release current = release();
    Release wanted = releases.live(name).orElse(current);
    if (!wanted.digest().equals(current.digest())) {
      LiveRelease<A> next = load(wanted);
      LiveRelease<A> before = live;
      live = next;
      retire(before);
      LOGGER.info("endpoint '{}' answers with {}", name, wanted);
    }
    problem = null;
    return wanted;
  }

  private static void retire(@Nullable LiveRelease<?> release) {
    if (release != null) {
      release.retire();
    }
  }

  private void refreshInBackground() {
    try {
      loader.execute(this::refreshOrKeep);
    } catch (RejectedExecutionException e) {
      LOGGER.debug("endpoint '{}' was closed while a release moved", name, e);
    }
  }

  private synchronized void refreshOrKeep() {
    if (live == null) {
      return;
    }
    try {
      refresh();
    } catch (RuntimeException e) {
      keep(e);
    } catch (Error e) {
      // A class that is missing, or memory, must not end the looking for the next release.
      keep(
          new IllegalStateException("what is live under '" + name + "' cannot be loaded: " + e, e));
    }
  }

  /** Keeps on with what there is; says why once for each reason. */
  private void keep(RuntimeException reason) {
    RuntimeException known = problem;
    problem = reason;
    if (known == null || !Objects.equals(known.getMessage(), reason.getMessage())) {
      LOGGER.warn(
          "endpoint '{}' cannot load what is live and keeps on with what it has", name, reason);
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
        LiveRelease.close(routes);
      }
    }
  }

  private Predictor<A> predictor(FittedModel<A> model) {
    boolean bound = false;
    try {
      Predictor<A> predictor = model.predictor(input.schema());
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
    checks.cancel(/* mayInterruptIfRunning= */ false);
    loader.shutdown();
    synchronized (this) {
      LiveRelease<A> last = live;
      live = null;
      retire(last);
    }
  }
}
