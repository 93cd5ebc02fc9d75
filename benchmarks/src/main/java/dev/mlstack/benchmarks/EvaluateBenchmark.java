package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.evaluate.Evaluator;
import dev.mlstack.core.feature.DenseFeatures;
import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.transform.Features;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Evaluation;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.model.Signature;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a linear model on 100,000 rows of 20 features: encodes and scores them, and finds seven
 * metrics with intervals and two curves.
 *
 * <p>{@code BOOTSTRAP} takes the scores as given, and finds the AUC alone, by sorting, with an
 * interval from {@value #RESAMPLES} resamples. {@code ONE_SORT} finds just the AUC.
 */
final class EvaluateBenchmark implements Benchmark {

  private static final int ROWS = 100_000;
  private static final int WIDTH = 20;
  private static final int RESAMPLES = 200;
  private static final double TOLERANCE = 1e-6;

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String about() {
    return "evaluate a model on 100,000 rows, with intervals (a bootstrap of the AUC)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Gaussians data = Gaussians.of(workbench, ROWS, WIDTH);
    MemoryDataset dataset = dataset(data);
    try (FittedModel<?> model = model(dataset)) {
      double[] scores = scores(model, dataset);
      double ours = evaluate(model, dataset).metric("auc").value();
      double theirs = auc(scores, data.classes());
      if (Math.abs(ours - theirs) > TOLERANCE) {
        throw new IllegalStateException("our AUC is " + ours + " but the peer's is " + theirs);
      }
      new Race(2, 5, Race.timed(() -> evaluate(model, dataset)))
          .against("BOOTSTRAP", Race.timed(() -> bootstrap(scores, data.classes())))
          .against("ONE_SORT", Race.timed(() -> auc(scores, data.classes())))
          .report(workbench, "auc", "s", 1);
    }
  }

  private static Evaluation evaluate(FittedModel<?> model, MemoryDataset dataset) {
    return Evaluator.evaluate(model, dataset, Execution.here());
  }

  private static MemoryDataset dataset(Gaussians data) {
    List<Field> fields = new ArrayList<>();
    data.layout().names().forEach(name -> fields.add(Field.of(name, FieldType.FLOAT64)));
    fields.add(Field.of(Gaussians.OUTPUT.column(), FieldType.category(Gaussians.OUTPUT.classes())));
    MemoryTable.Builder table = MemoryTable.builder(Schema.of(fields));
    @Nullable Object[] values = new Object[fields.size()];
    for (int row = 0; row < data.rows(); row++) {
      for (int i = 0; i < data.width(); i++) {
        values[i] = (double) data.features()[row * data.width() + i];
      }
      values[data.width()] = Gaussians.OUTPUT.classes().get(data.classes()[row]);
      table.add(row, values);
    }
    return MemoryDataset.of(table.build());
  }

  private static FittedModel<Classification<String>> model(MemoryDataset dataset) {
    Label<Classification<String>> label =
        Label.classes(Gaussians.OUTPUT.column(), Gaussians.OUTPUT.classes());
    FittedPipeline pipeline =
        Features.numeric()
            .standardize()
            .fit(dataset, Set.of(Gaussians.OUTPUT.column()), 1, Execution.here());
    Signature signature = new Signature(pipeline.digest(), WIDTH, label.outputs());
    double[] coefficients = new double[WIDTH + 1];
    Arrays.setAll(coefficients, i -> i % 3 - 1.0);
    return FittedModel.of(label, pipeline, LinearModel.of(signature, coefficients));
  }

  /** Returns the probability of the positive class of each row. */
  private static double[] scores(FittedModel<?> model, MemoryDataset dataset) {
    DenseFeatures features = new DenseFeatures(WIDTH);
    dataset.forEach(table -> model.pipeline().apply(table, features));
    double[] outputs = new double[2 * features.rows()];
    model.model().score(features.values(), features.rows(), outputs);
    return IntStream.range(0, features.rows()).mapToDouble(row -> outputs[2 * row + 1]).toArray();
  }

  private static double[] bootstrap(double[] scores, int[] classes) {
    SplittableRandom random = new SplittableRandom(1);
    double[] drawnScores = new double[scores.length];
    int[] drawnClasses = new int[scores.length];
    double[] areas = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int row = 0; row < scores.length; row++) {
        int drawn = random.nextInt(scores.length);
        drawnScores[row] = scores[drawn];
        drawnClasses[row] = classes[drawn];
      }
      areas[i] = auc(drawnScores, drawnClasses);
    }
    Arrays.sort(areas);
    return areas;
  }

  /** Returns how often a positive row scores higher than a negative one; ties count half. */
  private static double auc(double[] scores, int[] classes) {
    double[] positives = sorted(scores, classes, 1);
    double[] negatives = sorted(scores, classes, 0);
    double wins = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= score) {
        notAbove++;
      }
      wins += (below + notAbove) / 2.0;
    }
    return wins / positives.length / negatives.length;
  }

  private static double[] sorted(double[] scores, int[] classes, int wanted) {
    double[] chosen = new double[scores.length];
    int count = 0;
    for (int row = 0; row < scores.length; row++) {
      if (classes[row] == wanted) {
        chosen[count++] = scores[row];
      }
    }
    Arrays.sort(chosen, 0, count);
    return Arrays.copyOf(chosen, count);
  }
}
