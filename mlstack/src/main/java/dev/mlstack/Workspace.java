package dev.mlstack;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.fit.ModelFitter;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.core.profile.ProfileCells;
import dev.mlstack.core.profile.Profiles;
import dev.mlstack.core.release.RefRegistry;
import dev.mlstack.core.release.RefReleases;
import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.trace.Tracer;
import dev.mlstack.data.version.Datasets;
import dev.mlstack.data.version.VersionedDataset;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.predict.Trace;
import dev.mlstack.release.ModelRegistry;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.release.Releases;
import dev.mlstack.run.Tracker;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.serve.EndpointInput;
import dev.mlstack.serve.log.Replay;
import dev.mlstack.serve.log.StoredPredictionLog;
import dev.mlstack.serve.watch.Drift;
import dev.mlstack.serve.watch.DriftPolicy;
import dev.mlstack.serve.watch.DriftReport;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Lineage;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Row;
import dev.mlstack.table.Split;
import dev.mlstack.track.MemoryTracker;
import dev.mlstack.track.SqliteTracker;
import dev.mlstack.track.lineage.MemoryLineage;
import dev.mlstack.track.lineage.SqliteLineage;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Everything from data to a monitored model, in one directory, in memory, or in a store that
 * several hosts share.
 *
 * <pre>
 * store.json, packs/, …       the objects, see {@link DirectoryStore}
 * refs.json, refs/            the refs, see {@link DirectoryRefs}
 * index/runs.sqlite           the runs, see {@link SqliteTracker}
 * index/lineage.sqlite        the graph of the objects, see {@link SqliteLineage}
 * predictions/                predictions that are in no segment yet, see {@link StoredPredictionLog}
 * </pre>
 *
 * <p>Objects and refs are the truth. The directory {@code index} may be deleted while no run is
 * under way and nobody has the workspace open; what was in it is read again from objects and refs.
 *
 * <p>With {@link WorkspaceOptions#withStore} objects and refs stand elsewhere, and the directory
 * has only {@code index} and {@code predictions}. Every host has a directory of its own then, and
 * sees what the others have committed, registered, released and logged as soon as it is there; runs
 * of others that have ended are seen after opening and after {@link #refreshIndex}, runs under way
 * and the last predictions are seen on their own host only.
 *
 * <p>Any number of threads and processes of one machine may use a workspace at once. Whoever opens
 * one closes it, after the models and endpoints that came from it.
 */
public final class Workspace implements AutoCloseable {

  /** The alias of the version of a model that was promoted last. */
  public static final String CHAMPION = "champion";

  private final WorkspaceOptions options;
  private final Closers closers;
  private final ObjectStore objects;
  private final Refs refs;
  private final Runs runs;
  private final Lineage lineage;
  private final PredictionLog log;
  private final Datasets datasets;
  private final ModelRegistry registry;
  private final Releases releases;

  /** The tracker, and how its index is read again from objects and refs. */
  private record Runs(
      Tracker tracker,
      Function<Execution, List<StoreProblem>> rebuild,
      Function<Execution, List<StoreProblem>> refresh) {}

  private Workspace(
      WorkspaceOptions options,
      Closers closers,
      ObjectStore objects,
      Refs refs,
      Runs runs,
      Lineage lineage,
      PredictionLog log) {
    this.options = options;
    this.closers = closers;
    this.objects = objects;
    this.refs = refs;
    this.runs = runs;
    this.lineage = lineage;
    this.log = log;
    this.datasets = new Datasets(objects, refs, options.actor(), options.execution());
    this.registry = new RefRegistry(objects, refs);
    this.releases = new RefReleases(objects, refs);
  }

  /**
   * Opens the workspace in a directory with the default options. The caller closes it.
   *
   * @param directory where everything is kept; created if it does not exist
   * @throws IOException if it cannot be opened, is something else, or cannot be written
   */
  public static Workspace open(Path directory) throws IOException {
    return open(directory, WorkspaceOptions.defaults());
  }

  /**
   * Opens the workspace in a directory. The caller closes it.
   *
   * @param directory where everything is kept; created if it does not exist
   * @param options who works, and how
   * @throws IOException if it cannot be opened, is something else, or cannot be written
   */
  public static Workspace open(Path directory, WorkspaceOptions options) throws IOException {
    Closers closers = new Closers();
    try {
      return open(directory, options, closers);
    } catch (IOException | RuntimeException | Error e) {
      closers.closeAfter(e);
      throw e;
    }
  }

  private static Workspace open(Path directory, WorkspaceOptions options, Closers closers)
      throws IOException {
    ObjectStore store;
    Refs refs;
    if (options.shared().isPresent()) {
      store = options.shared().get().objects();
      refs = options.shared().get().refs();
    } else {
      store = closers.add(DirectoryStore.open(directory), ObjectStore::close);
      refs = closers.add(DirectoryRefs.open(directory), Refs::close);
    }
    Path index = Files.createDirectories(directory.resolve("index"));
    SqliteTracker tracker =
        closers.add(
            SqliteTracker.open(index.resolve("runs.sqlite"), store, refs, options.environment()),
            SqliteTracker::close);
    SqliteLineage lineage =
        closers.add(
            SqliteLineage.open(index.resolve("lineage.sqlite"), store), SqliteLineage::close);
    PredictionLog log =
        closers.add(
            StoredPredictionLog.open(
                store, refs, options.actor(), directory.resolve("predictions")),
            PredictionLog::close);
    if (options.shared().isPresent()) {
      tracker.refresh(options.execution());
    }
    Runs runs = new Runs(tracker, tracker::rebuild, tracker::refresh);
    return new Workspace(options, closers, store, refs, runs, lineage, log);
  }

  /** Opens a workspace in memory, for tests, with the default options. The caller closes it. */
  public static Workspace inMemory() {
    return inMemory(WorkspaceOptions.defaults());
  }

  /**
   * Opens a workspace in memory, for tests. The caller closes it; then everything is gone.
   *
   * @throws IllegalArgumentException if the options name a store
   */
  public static Workspace inMemory(WorkspaceOptions options) {
    if (options.shared().isPresent()) {
      throw new IllegalArgumentException(
          "a workspace in memory has its own store but the options name another; open a directory");
    }
    Closers closers = new Closers();
    ObjectStore store = closers.add(new MemoryStore(), ObjectStore::close);
    Refs refs = closers.add(new MemoryRefs(), Refs::close);
    MemoryTracker tracker =
        closers.add(new MemoryTracker(store, refs, options.environment()), MemoryTracker::close);
    PredictionLog log =
        closers.add(StoredPredictionLog.open(store, refs, options.actor()), PredictionLog::close);
    Runs runs = new Runs(tracker, tracker::rebuild, tracker::refresh);
    return new Workspace(options, closers, store, refs, runs, new MemoryLineage(store), log);
  }

  /** Returns a dataset by name, which need not exist yet. */
  public VersionedDataset dataset(String name) {
    return datasets.dataset(name);
  }

  /** Returns all datasets. */
  public Datasets datasets() {
    return datasets;
  }

  /**
   * Follows a recipe on one part of a split, tests the model on the other, and tracks it as a run.
   * The caller closes the result.
   *
   * @param recipe what to predict, from which features, with which algorithm
   * @param split which rows to learn from and which to test on
   * @param seed the seed of everything that is drawn at random
   */
  public <A> TrainedModel<A> train(ModelRecipe<A> recipe, Split split, long seed) {
    return fitter(experiment(recipe)).fit(recipe, split, seed);
  }

  /**
   * Follows a recipe on a dataset without testing the model, and tracks it as a run. The caller
   * closes the result.
   *
   * @param recipe what to predict, from which features, with which algorithm
   * @param data the rows to learn from
   * @param seed the seed of everything that is drawn at random
   */
  public <A> TrainedModel<A> train(ModelRecipe<A> recipe, Dataset data, long seed) {
    return fitter(experiment(recipe)).fit(recipe, data, seed);
  }

  private static String experiment(ModelRecipe<?> recipe) {
    return String.join("-", recipe.label().columns());
  }

  /**
   * Returns what follows recipes.
   *
   * @param experiment the group that its runs belong to; {@link #train} takes the predicted column
   */
  public ModelFitter fitter(String experiment) {
    return ModelFitter.of(objects, runs.tracker(), experiment, options.actor())
        .withDevice(options.device())
        .withExecution(options.execution());
  }

  /**
   * Registers a model as the next version under a name, gives it the alias {@link #CHAMPION}, and
   * puts it live: endpoints of this name answer with it from then on.
   *
   * @param name the name of the model and of the release
   * @param trained the model
   * @param why the reason, in plain words; may be empty
   */
  public Release promote(String name, TrainedModel<?> trained, String why) {
    Cause cause = new Cause(options.actor(), why);
    ModelVersion version =
        registry.register(name, trained.model().digest(), trained.record(), cause);
    Release release = releases.deploy(name, version, cause);
    registry.alias(CHAMPION, version, cause);
    return release;
  }

  /**
   * Puts the release live again that was live before, and moves the alias {@link #CHAMPION} with
   * it. The alias stays where it is if several versions share the traffic, or another model has it.
   *
   * @param name the name of the release
   * @param why the reason, in plain words; may be empty
   * @return what is live now
   * @throws IllegalStateException if there is nothing to go back to
   */
  public Release rollback(String name, String why) {
    Cause cause = new Cause(options.actor(), why);
    Release release = releases.rollback(name, cause);
    Set<Digest> live =
        release.routes().stream().map(Release.Route::version).collect(Collectors.toSet());
    if (live.size() == 1) {
      registry.versions(name).stream()
          .filter(version -> live.contains(version.digest()))
          .findFirst()
          .ifPresent(version -> registry.alias(CHAMPION, version, cause));
    }
    return release;
  }

  /**
   * Opens an endpoint that takes records of the application. The caller closes it before this.
   *
   * @param name the name of the release that it follows
   * @param input the record; public, as its module and package must be open to this one
   * @param label what it answers
   * @throws IllegalStateException if nothing is live under the name
   */
  public <R extends Record, A> Endpoint<R, A> endpoint(
      String name, Class<R> input, Label<A> label) {
    return endpoint(name, EndpointInput.records(input), label);
  }

  /**
   * Opens an endpoint that takes records which {@code lookup} may look into, so that they need not
   * be public. The caller closes it before this.
   *
   * @param name the name of the release that it follows
   * @param input the record
   * @param lookup {@code MethodHandles.lookup()} of a class that sees the record
   * @param label what it answers
   * @throws IllegalStateException if nothing is live under the name
   */
  public <R extends Record, A> Endpoint<R, A> endpoint(
      String name, Class<R> input, MethodHandles.Lookup lookup, Label<A> label) {
    return endpoint(name, EndpointInput.records(input, lookup), label);
  }

  /**
   * Opens an endpoint that takes rows. The caller closes it before this.
   *
   * @param name the name of the release that it follows
   * @param input the columns of a row
   * @param label what it answers
   * @throws IllegalStateException if nothing is live under the name
   */
  public <A> Endpoint<Row, A> endpoint(String name, Schema input, Label<A> label) {
    return endpoint(name, EndpointInput.rows(input), label);
  }

  private <I, A> Endpoint<I, A> endpoint(String name, EndpointInput<I> input, Label<A> label) {
    return Endpoint.open(name, input, label, objects, releases, log);
  }

  /**
   * Returns the way back from a prediction: every object that it rests on, each read and verified.
   *
   * @throws NoSuchElementException if there is no such prediction
   * @throws dev.mlstack.store.StoreException if an object on the way is damaged or gone; it names
   *     the object
   */
  public Trace trace(PredictionId id) {
    log.flush();
    LoggedPrediction prediction =
        log.find(id).orElseThrow(() -> new NoSuchElementException("there is no prediction " + id));
    return new Tracer(objects).trace(prediction);
  }

  /** Answers everything again that an endpoint was asked, and compares the bits. */
  public Replay.Result replay(String endpoint) {
    log.flush();
    return Replay.run(log, endpoint, objects, options.execution());
  }

  /**
   * Compares all inputs that the live release of an endpoint has answered with the data that its
   * model was trained on.
   *
   * @throws IllegalStateException if nothing is live under the name, or its models have no profile
   *     or several
   * @throws IllegalArgumentException if it has answered nothing
   */
  public DriftReport drift(String endpoint) {
    Digest live = requireLive(endpoint).digest();
    return drift(endpoint, entry -> entry.release().equals(live), DriftPolicy.defaults());
  }

  /**
   * Compares inputs of an endpoint with the data that the live model was trained on.
   *
   * @param endpoint the name of the endpoint
   * @param which the entries to compare, for instance those of the last hour
   * @param policy when a difference counts
   * @throws IllegalStateException if nothing is live under the name, or its models have no profile
   *     or several
   * @throws IllegalArgumentException if there are no such entries
   */
  public DriftReport drift(
      String endpoint, Predicate<? super LoggedPrediction> which, DriftPolicy policy) {
    log.flush();
    return Drift.ofLog(log, endpoint, which, liveProfile(endpoint), policy);
  }

  private ProfileCells liveProfile(String name) {
    Release live = requireLive(name);
    Set<Digest> profiles =
        live.routes().stream()
            .map(Release.Route::profile)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    if (profiles.size() != 1) {
      throw new IllegalStateException(
          live
              + " has "
              + profiles.size()
              + " profiles of training data where one is to be compared with; choose the entries"
              + " of one model and compare them by Drift.ofLog");
    }
    return Profiles.readCells(objects, profiles.iterator().next());
  }

  private Release requireLive(String name) {
    return releases
        .live(name)
        .orElseThrow(
            () -> new IllegalStateException("nothing is live under '" + name + "'; promote first"));
  }

  /**
   * Reads every object and every ref.
   *
   * @return what is wrong; empty if all is well
   */
  public List<StoreProblem> verify() {
    List<StoreProblem> problems = new ArrayList<>(objects.verify(options.execution()));
    for (Ref ref : refs.list()) {
      if (!objects.contains(ref.target())) {
        problems.add(
            new StoreProblem(
                Optional.of(ref.target()),
                "ref " + ref.name().path(),
                "it points to an object that is not there"));
      }
    }
    return problems;
  }

  /**
   * Forgets the index of runs and lineage and reads both again from objects and refs.
   *
   * @return the runs that cannot be read; empty if all is well
   */
  public List<StoreProblem> rebuildIndex() {
    List<StoreProblem> problems = runs.rebuild().apply(options.execution());
    lineage.rebuild(options.execution());
    return problems;
  }

  /**
   * Takes note of runs that have ended elsewhere since this workspace was opened, for instance on
   * another host that shares the store. Everything else is seen without it.
   *
   * @return the runs that cannot be read; empty if all is well
   */
  public List<StoreProblem> refreshIndex() {
    List<StoreProblem> problems = runs.refresh().apply(options.execution());
    lineage.refresh();
    return problems;
  }

  /**
   * Deletes the objects that nothing needs any more.
   *
   * @param grace how long an object is spared in any case
   */
  public ObjectStore.Collected collectGarbage(Duration grace) {
    return objects.collect(refs, grace, options.execution());
  }

  /** Returns the objects. */
  public ObjectStore objects() {
    return objects;
  }

  /** Returns the refs. */
  public Refs refs() {
    return refs;
  }

  /** Returns the runs. */
  public Tracker tracker() {
    return runs.tracker();
  }

  /** Returns the registry of models. */
  public ModelRegistry registry() {
    return registry;
  }

  /** Returns the releases. */
  public Releases releases() {
    return releases;
  }

  /** Returns the graph of all objects, with everything that is stored by now. */
  public Lineage lineage() {
    lineage.refresh();
    return lineage;
  }

  /** Returns the log of all predictions. */
  public PredictionLog predictions() {
    return log;
  }

  /** Closes everything, the log first. What was logged is durable then. */
  @Override
  public void close() {
    closers.close();
  }
}
