package dev.mlstack.samples;

import dev.mlstack.Workspace;
import dev.mlstack.WorkspaceOptions;
import dev.mlstack.compute.Execution;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.model.Metric;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.Prediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.Trace;
import dev.mlstack.release.Release;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.serve.log.Replay;
import dev.mlstack.serve.watch.DriftPolicy;
import dev.mlstack.serve.watch.DriftReport;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.table.Split;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a CSV file to a monitored model and back: data is read, checked and committed; models are
 * trained, compared and released; predictions are served, logged, traced and replayed; drift is
 * looked for; and the release is rolled back.
 *
 * @param <I> the input of the endpoint
 * @param <A> the answer
 */
final class WholeLoop<I, A> {

  /** The seed of everything that is drawn. */
  static final long SEED = 7;

  /** The share of rows that models are trained on; the others test them and are then served. */
  static final double TRAIN = 0.75;

  /** How many rows are served at most. */
  static final int MOST_SERVED = 2000;

  /** What counts as drift: a story that is told once should not be told of a false alarm. */
  static final DriftPolicy DRIFT = new DriftPolicy(0.001, DriftPolicy.DEFAULT_MIN_DISTANCE);

  private final Study<I, A> study;
  private final Workspace workspace;
  private final List<String> story = new ArrayList<>();

  private WholeLoop(Study<I, A> study, Workspace workspace) {
    this.study = study;
    this.workspace = workspace;
  }

  /** What came of it, as far as others want to know. */
  record Result(
      Snapshot data,
      Split split,
      List<TrainedModel<?>> models,
      Release best,
      Trace trace,
      Replay.Result replay,
      DriftReport untouched,
      DriftReport shifted,
      String shiftedColumn,
      Release rolledBack) {}

  /**
   * Walks the loop in a directory, which is left for looking at, and tells the story.
   *
   * @return what came of it; its models are closed, and of its data no rows can be read any more
   */
  static <I, A> Result run(Study<I, A> study, Path directory, PrintStream out) throws IOException {
    WorkspaceOptions options =
        WorkspaceOptions.defaults()
            .withExecution(Execution.here().withListener(new ConsoleProgress(out)));
    try (Workspace workspace = Workspace.open(directory, options)) {
      WholeLoop<I, A> loop = new WholeLoop<>(study, workspace);
      Result result = loop.run();
      Path report = directory.resolve("report.html");
      LoopReport.of(study.name(), result).writeTo(report);
      out.println();
      loop.story.forEach(out::println);
      out.println("Everything is in " + directory.toAbsolutePath());
      out.println("A report with pictures: " + report.toAbsolutePath().toUri());
      return result;
    }
  }

  private Result run() throws IOException {
    Snapshot data = commit();
    Split split = data.split(TRAIN, SEED);
    List<TrainedModel<A>> models = new ArrayList<>();
    try {
      train(split, models);
      return serve(data, split, models);
    } finally {
      models.forEach(TrainedModel::close);
    }
  }

  private Snapshot commit() throws IOException {
    Snapshot data =
        workspace.dataset(study.name()).commit(study.source(), study.checks(), "as it came");
    tell(
        "Data",
        data.rows() + " rows read, " + data.rejected().rows() + " set aside",
        "snapshot " + data.digest().abbreviated());
    data.checks().results().forEach(result -> say(result.toString()));
    return data;
  }

  private void train(Split split, List<TrainedModel<A>> models) {
    tell(
        "Models",
        split.train().rows()
            + " rows to learn from, "
            + split.test().rows()
            + " to test on; intervals hold with probability 0.95");
    for (ModelRecipe<A> recipe : study.candidates().apply(split.train())) {
      TrainedModel<A> model = workspace.train(recipe, split, SEED);
      models.add(model);
      say(
          String.format(
              "%-15s %s%s",
              model.run().request().name(),
              model.test().main(),
              models.size() == 1 ? " (the baseline)" : ""));
    }
  }

  /** Releases the second best model and then the best, serves, watches, and goes back. */
  private Result serve(Snapshot data, Split split, List<TrainedModel<A>> models) {
    List<TrainedModel<A>> ranking = new ArrayList<>(models.subList(1, models.size()));
    ranking.sort(bestFirst());
    Release before = workspace.promote(study.name(), ranking.get(1), "the first that was ready");
    try (Endpoint<I, A> endpoint = study.inputs().open(workspace, study.name(), study.label())) {
      Release best = workspace.promote(study.name(), ranking.get(0), "better on the test rows");
      endpoint.refresh();
      tell(
          "Release",
          best
              + " answers with "
              + ranking.get(0).run().request().name()
              + ", in place of "
              + before);
      return watch(data, split, models, best, endpoint);
    }
  }

  private static Comparator<TrainedModel<?>> bestFirst() {
    return Comparator.comparingDouble(
        model -> {
          Metric main = model.test().main();
          double cost = main.higherIsBetter() ? -main.value() : main.value();
          return Double.isNaN(cost) ? Double.POSITIVE_INFINITY : cost;
        });
  }

  private Result watch(
      Snapshot data,
      Split split,
      List<TrainedModel<A>> models,
      Release best,
      Endpoint<I, A> endpoint) {
    Schema schema = study.inputs().schema();
    List<@Nullable Object[]> rows = Rows.first(split.test(), schema, MOST_SERVED);
    List<Prediction<A>> answers = ask(endpoint, schema, rows);
    Trace trace = traceFirst(answers);
    DriftReport untouched = drift(answers);
    Shift shift = Shift.of(schema, rows);
    List<@Nullable Object[]> shiftedRows = new ArrayList<>();
    rows.forEach(row -> shiftedRows.add(shift.apply(row)));
    DriftReport shifted = drift(ask(endpoint, schema, shiftedRows));
    Replay.Result replay = workspace.replay(study.name());
    tell("Replay", replay.toString());
    tell("Drift", "untouched traffic: " + untouched, "with " + shift + ": " + shifted);
    Release rolledBack = rollBack(endpoint, schema, rows.subList(0, 1));
    return new Result(
        data,
        split,
        List.copyOf(models),
        best,
        trace,
        replay,
        untouched,
        shifted,
        shift.column(),
        rolledBack);
  }

  private Trace traceFirst(List<Prediction<A>> answers) {
    Prediction<A> one = answers.get(0);
    Trace trace = workspace.trace(one.id());
    tell(
        "Prediction",
        answers.size() + " rows served; one of them: " + one.id(),
        "answer " + one.value());
    trace.steps().forEach(step -> say("  " + step));
    say(trace.parts() + " more objects that these consist of were read and verified");
    return trace;
  }

  private Release rollBack(
      Endpoint<I, A> endpoint, Schema schema, List<@Nullable Object[]> oneRow) {
    Release release = workspace.rollback(study.name(), "the traffic has drifted");
    endpoint.refresh();
    Prediction<A> again = ask(endpoint, schema, oneRow).get(0);
    List<StoreProblem> problems = workspace.verify();
    tell(
        "Rollback",
        release + " answers again: " + again.value(),
        problems.isEmpty() ? "every object and ref is sound" : "damage: " + problems);
    return release;
  }

  private List<Prediction<A>> ask(
      Endpoint<I, A> endpoint, Schema schema, List<@Nullable Object[]> rows) {
    List<Prediction<A>> answers = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      answers.add(endpoint.predict(study.inputs().from(Rows.of(schema, row))));
    }
    return answers;
  }

  private DriftReport drift(List<Prediction<A>> answers) {
    Set<PredictionId> window = new HashSet<>();
    answers.forEach(answer -> window.add(answer.id()));
    return workspace.drift(
        study.name(), (LoggedPrediction entry) -> window.contains(entry.id()), DRIFT);
  }

  private void tell(String heading, String... lines) {
    story.add(heading);
    for (String line : lines) {
      say(line);
    }
  }

  private void say(String line) {
    story.add("  " + line);
  }
}
