package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Progress;
import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.model.Budget;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data on which optimisers go astray. */
class StabilityTest {

  private static final Signature ONE_FEATURE = LinearData.signature(1, LinearData.classes(2));

  private static Progress finish(Trainer trainer, Examples examples) {
    try (Training training = trainer.start(TrainingContext.of(examples, 1))) {
      return training.advance(Budget.unlimited());
    }
  }

  private static double measure(Progress progress, String name) {
    return Objects.requireNonNull(progress.measures().get(name));
  }

  @Test
  void aTinyProblem_hasItsMinimumWhereASearchFindsIt() {
    double[][] rows = {{-1, 0}, {0, 1}, {0.5, 0}, {2, 1}, {3, 1}};
    LinearModel model =
        LinearData.train(
            Logistic.defaults().withTolerance(1e-12), LinearData.of(ONE_FEATURE, rows));
    double[] best = search(rows, 0, 0, 4);
    assertThat(model.weight(0, 0)).isCloseTo(best[0], within(1e-6));
    assertThat(model.intercept(0)).isCloseTo(best[1], within(1e-6));
  }

  /** Finds the minimum on ever finer grids around the best point so far. */
  private static double[] search(double[][] rows, double weight, double intercept, double range) {
    double[] best = {weight, intercept};
    double reach = range;
    while (reach > 1e-8) {
      double[] center = best.clone();
      for (int i = -10; i <= 10; i++) {
        for (int j = -10; j <= 10; j++) {
          double[] point = {center[0] + reach * i / 10, center[1] + reach * j / 10};
          if (objective(rows, point) < objective(rows, best)) {
            best = point;
          }
        }
      }
      reach /= 3;
    }
    return best;
  }

  private static double objective(double[][] rows, double[] point) {
    double sum = point[0] * point[0] / 2;
    for (double[] row : rows) {
      double margin = point[0] * row[0] + point[1];
      sum += Math.log1p(Math.exp(row[1] == 1 ? -margin : margin));
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-6, 0})
  void separableClasses_areLearned(double l2) {
    Examples examples =
        LinearData.of(ONE_FEATURE, new double[][] {{-2, 0}, {-1, 0}, {1, 1}, {2, 1}});
    Progress progress = finish(Logistic.defaults().withL2(l2), examples);
    assertThat(progress.done()).isLessThan(60);
    LinearModel model = LinearData.train(Logistic.defaults().withL2(l2), examples);
    double[] outputs = new double[4];
    model.score(new float[] {-1, 1}, 2, outputs);
    assertThat(outputs[0]).isGreaterThan(0.6);
    assertThat(outputs[3]).isGreaterThan(0.6);
  }

  @Test
  void featuresOfWildlyDifferentScale_areLearnedInFewRounds() {
    Random random = new Random(3);
    Signature signature = LinearData.signature(4, LinearData.classes(2));
    MemoryExamples.Builder builder = LinearData.builder(signature);
    for (int row = 0; row < 500; row++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double label = a - b + random.nextGaussian() > 0 ? 1 : 0;
      double[] example = {
        1e6 * a + 1e9, 1e-6 * b, 1e20 * (a + b), 1e-20 * random.nextDouble(), label
      };
      LinearData.add(builder, row, example, signature, 1);
    }
    Examples examples = builder.build();
    try (Training training = Logistic.defaults().withL2(0).start(TrainingContext.of(examples, 1))) {
      Progress progress = training.advance(Budget.unlimited());
      assertThat(progress.done()).isLessThan(15);
      assertThat(measure(progress, "gradient")).isLessThan(1e-6);
      assertThat(accuracy((LinearModel) training.model(), examples)).isGreaterThan(0.75);
    }
  }

  private static double accuracy(LinearModel model, Examples examples) {
    ExampleBlock block = examples.block(0);
    int classes = model.signature().outputWidth();
    double[] outputs = new double[block.rows() * classes];
    model.score(block.features(), block.rows(), outputs);
    int right = 0;
    for (int row = 0; row < block.rows(); row++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = outputs[row * classes + k] > outputs[row * classes + best] ? k : best;
      }
      right += best == block.labels()[row] ? 1 : 0;
    }
    return right / (double) block.rows();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0})
  void constantFeatures_getNoWeight(double l2) {
    Signature signature = LinearData.signature(3, LinearData.classes(2));
    double[][] rows = {{7, 1, 0, 0}, {7, 2, 0, 1}, {7, 3, 0, 0}, {7, 4, 0, 1}};
    LinearModel model =
        LinearData.train(Logistic.defaults().withL2(l2), LinearData.of(signature, rows));
    assertThat(model.weight(0, 0)).isCloseTo(0, within(1e-12));
    assertThat(model.weight(0, 1)).isGreaterThan(0.1);
    assertThat(model.weight(0, 2)).isZero();
  }

  @Test
  void constantFeaturesAlone_giveTheFrequencies() {
    double[][] rows = {{7, 0}, {7, 1}, {7, 1}, {7, 1}};
    Examples examples = LinearData.of(ONE_FEATURE, rows);
    assertThat(finish(Logistic.defaults(), examples).done()).isLessThan(10);
    double[] outputs = new double[2];
    LinearData.train(Logistic.defaults(), examples).score(new float[] {7}, 1, outputs);
    assertThat(outputs[1]).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void collinearFeaturesWithoutPenalty_areLearned() {
    Signature signature = LinearData.signature(3, new Output.Quantity("y"));
    double[][] rows = new double[50][];
    for (int row = 0; row < rows.length; row++) {
      double x = Math.sin(row);
      rows[row] = new double[] {x, 2 * x, 3 * x, 5 * x + 1};
    }
    LinearModel model =
        LinearData.train(LeastSquares.defaults().withL2(0), LinearData.of(signature, rows));
    double[] outputs = new double[1];
    model.score(new float[] {0.5f, 1, 1.5f}, 1, outputs);
    assertThat(outputs[0]).isCloseTo(3.5, within(1e-5));
  }

  @Test
  void moreFeaturesThanExamples_areLearnedWithPenalty() {
    Examples examples = LinearData.random(1, 20, 100, new Output.Quantity("y"));
    assertThat(finish(LeastSquares.defaults(), examples).done()).isLessThan(6);
  }

  @Test
  void aPerfectFit_endsInTwoRounds() {
    Signature signature = LinearData.signature(1, new Output.Quantity("y"));
    Examples examples = LinearData.of(signature, new double[][] {{1, 3}, {2, 5}, {4, 9}, {8, 17}});
    assertThat(finish(LeastSquares.defaults().withL2(0), examples).done()).isEqualTo(2);
    LinearModel model = LinearData.train(LeastSquares.defaults().withL2(0), examples);
    assertThat(model.weight(0, 0)).isCloseTo(2, within(1e-12));
    assertThat(model.intercept(0)).isCloseTo(1, within(1e-12));
  }

  @Test
  void toleranceZero_goesAsFarAsDoublesAllow_andEnds() {
    for (Trainer trainer : new Trainer[] {Logistic.defaults().withTolerance(0).withL2(0.01)}) {
      for (int classes : new int[] {2, 3}) {
        Examples examples = LinearData.random(5, 300, 4, LinearData.classes(classes));
        Progress progress = finish(trainer, examples);
        assertThat(progress.done()).as("%d classes", classes).isLessThan(400);
        assertThat(measure(progress, "gradient")).isLessThan(1e-9);
      }
    }
  }

  @Test
  void fiveThousandIndicators_areLearned() {
    int width = 5000;
    Signature signature = LinearData.signature(width, LinearData.classes(2));
    MemoryExamples.Builder builder = LinearData.builder(signature);
    Random random = new Random(8);
    float[] features = new float[width];
    for (int row = 0; row < 1500; row++) {
      Arrays.fill(features, 0);
      double score = 0;
      for (int i = 0; i < 20; i++) {
        int slot = random.nextInt(random.nextInt(width) + 1);
        features[slot] = 1;
        score += slot % 2 == 0 ? 1 : -1;
      }
      double[] label = {score + random.nextGaussian() > 0 ? 1 : 0};
      builder.add(row, features, 0, label, 1);
    }
    Examples examples = builder.build();
    try (Training training = Logistic.defaults().start(TrainingContext.of(examples, 1))) {
      Progress progress = training.advance(Budget.unlimited());
      assertThat(progress.done()).isLessThan(100);
      assertThat(measure(progress, "gradient")).isLessThan(1e-6);
      assertThat(accuracy((LinearModel) training.model(), examples)).isGreaterThan(0.9);
    }
  }

  @Test
  void aHundredClasses_areLearned() {
    Examples examples = LinearData.random(6, 2000, 8, LinearData.classes(100));
    try (Training training =
        Logistic.defaults().withL2(0.01).withMaxRounds(60).start(TrainingContext.of(examples, 1))) {
      training.advance(Budget.unlimited());
      assertThat(accuracy((LinearModel) training.model(), examples)).isGreaterThan(0.5);
    }
  }

  @Test
  void theObjective_neverRisesFromOnePointToTheNext() {
    Examples examples = LinearData.random(7, 300, 6, LinearData.classes(3));
    try (Training training = Logistic.defaults().start(TrainingContext.of(examples, 1))) {
      double last = Double.POSITIVE_INFINITY;
      while (!training.done()) {
        double next = measure(training.advance(Budget.units(1)), "objective");
        assertThat(next).isLessThanOrEqualTo(last * (1 + 1e-13));
        last = next;
      }
    }
  }

  @Test
  void aRowCountedTwice_isARowOfTwiceTheWeight() {
    Signature signature = LinearData.signature(1, new Output.Quantity("y"));
    double[][] rows = {{1, 3}, {2, 5}, {2, 5}, {4, 8}};
    MemoryExamples.Builder weighted = LinearData.builder(signature);
    LinearData.add(weighted, 0, rows[0], signature, 1);
    LinearData.add(weighted, 1, rows[1], signature, 2);
    LinearData.add(weighted, 2, rows[3], signature, 1);
    LinearData.add(weighted, 3, new double[] {100, -100}, signature, 0);
    double[] expected =
        LinearData.coefficients(
            LinearData.train(LeastSquares.defaults(), LinearData.of(signature, rows)));
    assertThat(LinearData.coefficients(LinearData.train(LeastSquares.defaults(), weighted.build())))
        .containsExactly(expected, within(1e-10));
  }
}
