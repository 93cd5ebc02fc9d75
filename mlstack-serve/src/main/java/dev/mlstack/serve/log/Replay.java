package dev.mlstack.serve.log;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.model.FittedModels;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Predictor;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers logged inputs again, each with the model that answered then, and compares the numbers bit
 * by bit.
 */
public final class Replay {

  private static final int KEPT_DIFFERENCES = 100;

  private Replay() {}

  /**
   * What came of a replay.
   *
   * @param total how many predictions were answered again
   * @param equal how many gave the same bits
   * @param differences those that did not, at most the first 100
   */
  public record Result(long total, long equal, List<Difference> differences) {

    /** Copies the list. */
    public Result {
      differences = List.copyOf(differences);
    }

    /** Returns how many gave the same bits, as a sentence. */
    @Override
    public String toString() {
      return "replayed " + equal + " of " + total + " predictions with equal bits";
    }
  }

  /**
   * A prediction that came out otherwise.
   *
   * @param id its identity
   * @param logged the numbers that were given then; not copied
   * @param replayed the numbers that are given now; not copied
   */
  public record Difference(PredictionId id, double[] logged, double[] replayed) {}

  /**
   * Replays the log of an endpoint.
   *
   * @param log what was asked and answered; entries that were not flushed may be missing
   * @param endpoint whose entries to replay
   * @param objects gives the models
   * @param execution receives progress and may be cancelled
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   * @throws dev.mlstack.store.StoreException if a model is not there or damaged
   * @throws IllegalStateException if a native library that a model needs is not there
   */
  public static Result run(
      PredictionLog log, String endpoint, ObjectSource objects, Execution execution) {
    try (Models models = new Models(objects)) {
      Counter counter = new Counter(models, execution, "replay " + endpoint);
      log.forEach(endpoint, counter::accept);
      return counter.result();
    }
  }

  /** Replays entry by entry. */
  private static final class Counter {
    private static final int REPORT_EVERY = 1024;

    private final Models models;
    private final Execution execution;
    private final String task;
    private final List<Difference> differences = new ArrayList<>();
    private long total;
    private long equal;

    Counter(Models models, Execution execution, String task) {
      this.models = models;
      this.execution = execution;
      this.task = task;
    }

    void accept(LoggedPrediction entry) {
      execution.checkCancelled(task);
      double[] replayed =
          models.predictor(entry.fittedModel(), entry.input().schema()).outputs(entry.input());
      total++;
      if (sameBits(entry.outputs(), replayed)) {
        equal++;
      } else if (differences.size() < KEPT_DIFFERENCES) {
        differences.add(new Difference(entry.id(), entry.outputs(), replayed));
      }
      if (total % REPORT_EVERY == 0) {
        execution.report(Progress.of(task, total, Progress.UNKNOWN));
      }
    }

    Result result() {
      execution.report(Progress.of(task, total, total));
      return new Result(total, equal, differences);
    }
  }

  /** Compares bits, apart from the sign of zero and the payload of NaN, which no log keeps. */
  private static boolean sameBits(double[] logged, double[] replayed) {
    if (logged.length != replayed.length) {
      return false;
    }
    for (int i = 0; i < logged.length; i++) {
      if (Double.doubleToLongBits(logged[i] + 0.0) != Double.doubleToLongBits(replayed[i] + 0.0)) {
        return false;
      }
    }
    return true;
  }

  /** The models that have answered, loaded once each. */
  private static final class Models implements AutoCloseable {
    private final ObjectSource objects;
    private final Map<Digest, FittedModel<double[]>> loaded = new HashMap<>();
    private final List<Bound> predictors = new ArrayList<>();

    private @Nullable Bound last;

    private record Bound(Digest model, Schema input, Predictor<double[]> predictor) {
      boolean fits(Digest otherModel, Schema otherInput) {
        return model.equals(otherModel) && input.equals(otherInput);
      }
    }

    Models(ObjectSource objects) {
      this.objects = objects;
    }

    /** Returns a predictor: nearly always that of the entry before. */
    Predictor<double[]> predictor(Digest model, Schema input) {
      Bound bound = last;
      if (bound == null || !bound.fits(model, input)) {
        bound =
            predictors.stream()
                .filter(known -> known.fits(model, input))
                .findFirst()
                .orElseGet(() -> bind(model, input));
        last = bound;
      }
      return bound.predictor();
    }

    private Bound bind(Digest model, Schema input) {
      FittedModel<double[]> fitted =
          loaded.computeIfAbsent(model, digest -> FittedModels.load(objects, digest));
      Bound bound = new Bound(model, input, fitted.predictor(input));
      predictors.add(bound);
      return bound;
    }

    @Override
    public void close() {
      loaded.values().forEach(FittedModel::close);
    }
  }
}
