package dev.mlstack.core.fit;

import dev.mlstack.compute.Device;
import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.evaluate.Evaluator;
import dev.mlstack.core.model.ExamplesEncoder;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Evaluation;
import dev.mlstack.model.Examples;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Metric;
import dev.mlstack.model.Model;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.Batch;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Split;
import java.util.Optional;

/**
 * Follows model recipes: fits the features on the training rows alone, trains, tests, and tracks
 * everything as one run, whose record names what went in and holds what came out.
 *
 * <p>The record of a run has these edges:
 *
 * <table>
 * <caption>Inputs and outputs of a run</caption>
 * <tr><th>role</th><th>what</th></tr>
 * <tr><td>{@code input.train}</td><td>the training data</td></tr>
 * <tr><td>{@code input.validation}, {@code input.test}</td><td>the other data, if any</td></tr>
 * <tr><td>{@code input.data}</td><td>the record of the data, such as its commit, if any</td></tr>
 * <tr><td>{@code recipe}</td><td>the recipe</td></tr>
 * <tr><td>{@code output.train-part}, {@code output.validation-part}, {@code output.test-part}</td>
 *     <td>the parts of a split, which say which rows</td></tr>
 * <tr><td>{@code output.pipeline}, {@code output.model}, {@code output.fitted-model}</td>
 *     <td>what was fitted</td></tr>
 * <tr><td>{@code output.profile}</td><td>what the training data looks like</td></tr>
 * <tr><td>{@code output.evaluation}</td><td>how good the model was, if it was tested</td></tr>
 * </table>
 *
 * <p>Its parameters are {@code trainer} and {@code seed}, and those of the trainer; one of these
 * that has the same name is logged as {@code trainer.seed}.
 *
 * <p>Immutable and safe for use by several threads. Store and tracker belong to the caller.
 */
public final class ModelFitter {

  private static final String TRAINER = "trainer";
  private static final String SEED = "seed";

  private final ObjectStore store;
  private final Tracker tracker;
  private final String experiment;
  private final String by;
  private final Device device;
  private final Execution execution;
  private final double validation;

  private ModelFitter(
      ObjectStore store,
      Tracker tracker,
      String experiment,
      String by,
      Device device,
      Execution execution,
      double validation) {
    this.store = store;
    this.tracker = tracker;
    this.experiment = experiment;
    this.by = by;
    this.device = device;
    this.execution = execution;
    this.validation = validation;
  }

  /**
   * Returns a fitter that works on the processor, on the calling thread.
   *
   * @param store takes what is fitted
   * @param tracker takes the runs
   * @param experiment the group that the runs belong to
   * @param by who runs them: a person or a program
   */
  public static ModelFitter of(ObjectStore store, Tracker tracker, String experiment, String by) {
    return new ModelFitter(store, tracker, experiment, by, Device.CPU, Execution.here(), 0);
  }

  /** Returns this fitter for another group of runs. */
  public ModelFitter withExperiment(String newExperiment) {
    return new ModelFitter(store, tracker, newExperiment, by, device, execution, validation);
  }

  /** Returns this fitter on another device. */
  public ModelFitter withDevice(Device newDevice) {
    return new ModelFitter(store, tracker, experiment, by, newDevice, execution, validation);
  }

  /** Returns this fitter with another execution. */
  public ModelFitter withExecution(Execution newExecution) {
    return new ModelFitter(store, tracker, experiment, by, device, newExecution, validation);
  }

  /**
   * Returns this fitter, which takes some of the training rows away to watch the training on:
   * trainers that stop early need them. Neither features nor model learn from these rows.
   *
   * @param fraction the probability of each training row to be taken away, from 0, which is the
   *     default, to 1, excluded
   */
  public ModelFitter withValidation(double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "fraction must be from 0 to 1, 1 excluded, but was " + fraction);
    }
    return new ModelFitter(store, tracker, experiment, by, device, execution, fraction);
  }

  /**
   * Fits a recipe to one part of a split and tests it on the other. The caller closes the result.
   *
   * @param recipe what to predict, from which features, with which algorithm
   * @param split which rows to learn from and which to test on
   * @param seed the seed of everything that is drawn at random
   * @throws RuntimeException what features, trainer or evaluation throw; the run ends as failed
   */
  public <A> TrainedModel<A> fit(ModelRecipe<A> recipe, Split split, long seed) {
    return run(recipe, FitData.of(split), seed);
  }

  /**
   * Fits a recipe to a dataset without testing it. The caller closes the result.
   *
   * @param recipe what to predict, from which features, with which algorithm
   * @param train the rows to learn from
   * @param seed the seed of everything that is drawn at random
   * @throws RuntimeException what features or trainer throw; the run ends as failed
   */
  public <A> TrainedModel<A> fit(ModelRecipe<A> recipe, Dataset train, long seed) {
    return run(recipe, FitData.of(train), seed);
  }

  private <A> TrainedModel<A> run(ModelRecipe<A> recipe, FitData all, long seed) {
    FitData data = validation == 0 ? all : all.withValidation(validation, seed);
    String name = recipe.trainer().operation().name();
    // The batch outlives the run, so that nothing is collected before the run has been sealed.
    try (Batch batch = store.batch();
        Run run = tracker.start(RunRequest.of(experiment, name, by))) {
      data.log(run, batch);
      log(recipe, data, seed, run, batch);
      batch.commit(); // A run that fails keeps what it was to do, too.
      FittedModel<A> fitted = fit(recipe, data, seed, run);
      TrainedModel<A> trained = null;
      try {
        Optional<Evaluation> evaluation = data.test().map(test -> evaluate(fitted, test, run));
        run.output("pipeline", fitted.pipeline().writeTo(batch));
        run.output("model", fitted.model().writeTo(batch));
        run.output("fitted-model", fitted.writeTo(batch));
        run.output("profile", Profile.of(data.train(), execution).writeTo(batch));
        evaluation.ifPresent(e -> run.output("evaluation", e.writeTo(batch)));
        batch.commit();
        run.finish(RunStatus.FINISHED);
        trained =
            new TrainedModel<>(
                fitted, evaluation, tracker.find(run.id()).orElseThrow(), data.train());
        return trained;
      } finally {
        if (trained == null) {
          fitted.close();
        }
      }
    }
  }

  private static void log(
      ModelRecipe<?> recipe, FitData data, long seed, Run run, ObjectSink sink) {
    Recipe made =
        data.validation()
            .map(validation -> recipe.recipe(data.train(), validation, seed))
            .orElseGet(() -> recipe.recipe(data.train(), seed));
    run.output("recipe", made.writeTo(sink));
    run.param(TRAINER, Value.of(recipe.trainer().operation().toString()));
    run.param(SEED, Value.of(seed));
    recipe.trainer().parameters().members().forEach((name, value) -> run.param(free(name), value));
  }

  /** Returns the name under which a parameter of a trainer is logged. */
  private static String free(String name) {
    return name.equals(TRAINER) || name.equals(SEED) ? TRAINER + "." + name : name;
  }

  private <A> FittedModel<A> fit(ModelRecipe<A> recipe, FitData data, long seed, Run run) {
    FittedPipeline pipeline =
        recipe.features().fit(data.train(), recipe.label().columns(), seed, execution);
    TrainingContext context =
        TrainingContext.of(
                ExamplesEncoder.encodeTraining(pipeline, recipe.label(), data.train(), execution),
                seed)
            .withDevice(device)
            .withExecution(execution);
    if (data.validation().isPresent()) {
      context = context.withValidation(encode(pipeline, recipe, data.validation().get()));
    }
    try (Training training = recipe.trainer().start(context)) {
      while (!training.done()) {
        Progress progress = training.advance(Budget.units(1));
        progress.measures().forEach((name, value) -> run.metric(name, progress.done(), value));
      }
      return assemble(recipe, pipeline, training.model());
    }
  }

  private Examples encode(FittedPipeline pipeline, ModelRecipe<?> recipe, Dataset rows) {
    return ExamplesEncoder.encode(pipeline, recipe.label(), rows, execution);
  }

  private static <A> FittedModel<A> assemble(
      ModelRecipe<A> recipe, FittedPipeline pipeline, Model model) {
    FittedModel<A> fitted = null;
    try {
      fitted = FittedModel.of(recipe.label(), pipeline, model);
      return fitted;
    } finally {
      if (fitted == null) {
        model.close();
      }
    }
  }

  private Evaluation evaluate(FittedModel<?> fitted, Dataset test, Run run) {
    Evaluation evaluation = Evaluator.evaluate(fitted, test, execution);
    for (Metric metric : evaluation.metrics()) {
      run.metric("test." + metric.name(), 0, metric.value());
    }
    return evaluation;
  }
}
