package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.model.Curve;
import dev.mlstack.model.Metric;
import dev.mlstack.model.Output;
import dev.mlstack.store.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Values are those of scikit-learn 1.9.1 ({@code roc_auc_score}, {@code log_loss}, {@code
 * brier_score_loss}, {@code accuracy_score}, {@code precision_score}, {@code recall_score}, {@code
 * f1_score}, {@code root_mean_squared_error}, {@code mean_absolute_error}, {@code r2_score}) on the
 * same rows, drawn by an implementation of {@link RandomStream} in Python. Intervals are by
 * brute-force placements in numpy, {@code
 * scipy.stats.binomtest(...).proportion_ci(method="wilson")}, and normal approximations in numpy.
 */
class OutputMetricsTest {

  private static final int ROWS = 400;
  private static final RandomStream SCORES = RandomStream.of(1, "scores");
  private static final RandomStream TRUTH = RandomStream.of(1, "truth");
  private static final Output BINARY = new Output.Classes("y", List.of("no", "yes"), 1);
  private static final Output FOUR = new Output.Classes("y", List.of("a", "b", "c", "d"), -1);
  private static final Output NUMBER = new Output.Quantity("y");

  private static void assertMetric(OutputMetrics metrics, String name, double... expected) {
    Metric metric = metric(metrics, name);
    assertThat(metric.value()).as(name).isCloseTo(expected[0], offset(1e-13 * expected[0]));
    assertThat(metric.low()).as(name).isCloseTo(expected[1], offset(1e-13 * expected[0]));
    assertThat(metric.high()).as(name).isCloseTo(expected[2], offset(1e-13 * expected[0]));
  }

  private static Metric metric(OutputMetrics metrics, String name) {
    return metrics.metrics().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> names(OutputMetrics metrics) {
    return metrics.metrics().stream().map(Metric::name).toList();
  }

  private static OutputMetrics binary(int positive) {
    double[] answers = new double[2 * ROWS];
    double[] labels = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      double score = Math.floor(SCORES.uniform(row) * 200) / 200;
      boolean yes = TRUTH.uniform(row) < score;
      answers[2 * row + positive] = score;
      answers[2 * row + 1 - positive] = 1 - score;
      labels[row] = yes ? positive : 1 - positive;
    }
    Output output = new Output.Classes("y", List.of("no", "yes"), positive);
    return OutputMetrics.of(output, ROWS, answers, labels, "");
  }

  @Test
  void binary_agreesWithScikitLearn() {
    OutputMetrics metrics = binary(1);
    assertThat(names(metrics))
        .containsExactly("auc", "log_loss", "brier", "accuracy", "precision", "recall", "f1");
    assertMetric(metrics, "auc", 0.8134128651460584, 0.7687836520697265, 0.8510962610901842);
    assertMetric(metrics, "log_loss", 0.5209392038273322, 0.472674158159296, 0.5692042494953684);
    assertMetric(metrics, "brier", 0.1754801875, 0.1560758401542895, 0.1948845348457105);
    assertMetric(metrics, "accuracy", 0.7325, 0.6870591672528669, 0.7735176158816853);
    assertMetric(metrics, "precision", 0.7305699481865285, 0.6639282566230783, 0.7882122656693898);
    assertMetric(metrics, "recall", 0.7193877551020408, 0.6527348542832959, 0.7776062796711088);
    assertMetric(metrics, "f1", 0.7249357326478149, 0.672264793696266, 0.7720125382959576);
  }

  @Test
  void binary_withTheOtherClassPositive_isTheSame() {
    // But where both are equally probable, which is the first class whichever is positive.
    assertThat(binary(0).metrics().subList(0, 3)).isEqualTo(binary(1).metrics().subList(0, 3));
  }

  @Test
  void binary_hasCurves() {
    List<Curve> curves = binary(1).curves();
    assertThat(curves).extracting(Curve::name).containsExactly("roc", "calibration");
    assertThat(curves.get(1).x()).hasSize(10).isSorted();
  }

  @Test
  void binary_saysWhichWayIsUp() {
    assertThat(binary(1).metrics())
        .extracting(Metric::higherIsBetter)
        .containsExactly(true, false, false, true, true, true, true);
  }

  @Test
  void binary_ofRowsOfOneClass_leavesUndefinedWhatIs() {
    double[] answers = {0.4, 0.6, 0.3, 0.7};
    OutputMetrics positive = OutputMetrics.of(BINARY, 2, answers, new double[] {1, 1}, "");
    assertThat(metric(positive, "auc")).isEqualTo(Estimate.UNDEFINED.higherIsBetter("auc"));
    assertThat(metric(positive, "recall").value()).isEqualTo(1);
    assertThat(positive.curves()).extracting(Curve::name).containsExactly("calibration");
    OutputMetrics negative = OutputMetrics.of(BINARY, 2, answers, new double[] {0, 0}, "");
    assertThat(metric(negative, "auc").value()).isNaN();
    assertThat(metric(negative, "recall").value()).isNaN();
    assertThat(metric(negative, "precision").value()).isZero();
    assertThat(metric(negative, "f1").value()).isZero();
  }

  @Test
  void binary_withoutPositivesAndPredictionsOfThem_hasNoF1() {
    OutputMetrics metrics =
        OutputMetrics.of(BINARY, 1, new double[] {0.9, 0.1}, new double[] {0}, "");
    assertThat(metric(metrics, "f1").value()).isNaN();
    assertThat(metric(metrics, "precision").value()).isNaN();
    assertThat(metric(metrics, "accuracy").value()).isEqualTo(1);
    assertThat(metric(metrics, "accuracy").low()).isBetween(0.1, 0.3);
  }

  @Test
  void binary_tiedAtOneHalf_isTakenForTheFirstClass() {
    double[] answers = {0.5, 0.5};
    double[] labels = {0};
    OutputMetrics second = OutputMetrics.of(BINARY, 1, answers, labels, "");
    assertThat(metric(second, "accuracy").value()).isEqualTo(1);
    Output first = new Output.Classes("y", List.of("yes", "no"), 0);
    assertThat(metric(OutputMetrics.of(first, 1, answers, labels, ""), "recall").value())
        .isEqualTo(1);
  }

  @Test
  void logLoss_ofImpossibleRows_isThatOfTheLeastProbability() {
    double[] answers = {1, 0, 1 + 1e-7, 0};
    OutputMetrics metrics = OutputMetrics.of(BINARY, 2, answers, new double[] {1, 0}, "");
    assertThat(metric(metrics, "log_loss").value()).isCloseTo(-Math.log(1e-15) / 2, offset(1e-14));
  }

  private static double[] four() {
    double[] answers = new double[4 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      double[] draws = new double[4];
      for (int i = 0; i < 4; i++) {
        draws[i] = SCORES.uniform(1000 + 4L * row + i);
      }
      double sum = Arrays.stream(draws).sum();
      double rest = 1;
      for (int i = 0; i < 3; i++) {
        answers[4 * row + i] = Math.floor(draws[i] / sum * 1024) / 1024;
        rest -= answers[4 * row + i];
      }
      answers[4 * row + 3] = rest;
    }
    return answers;
  }

  private static double[] classesOf(double[] answers) {
    double[] labels = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      double draw = TRUTH.uniform(1000 + row);
      int label = 0;
      double below = answers[4 * row];
      while (label < 3 && draw >= below) {
        label++;
        below += answers[4 * row + label];
      }
      labels[row] = label;
    }
    return labels;
  }

  @Test
  void multiclass_agreesWithScikitLearn() {
    double[] answers = four();
    OutputMetrics metrics = OutputMetrics.of(FOUR, ROWS, answers, classesOf(answers), "");
    assertThat(names(metrics)).containsExactly("accuracy", "log_loss", "auc", "macro_f1");
    assertMetric(metrics, "accuracy", 0.4175, 0.37018126768159904, 0.46638826088355984);
    assertMetric(metrics, "log_loss", 1.2250621713855494, 1.1738556329502818, 1.276268709820817);
    assertMetric(metrics, "auc", 0.7048077436403161, 0.6716540669437712, 0.7359299836704932);
    Metric f1 = metric(metrics, "macro_f1");
    assertThat(f1.value()).isCloseTo(0.41535109776788887, offset(1e-15));
    // Percentiles of 4,000 draws in numpy: 0.3661 and 0.4639.
    assertThat(f1.low()).isCloseTo(0.3661, offset(0.008));
    assertThat(f1.high()).isCloseTo(0.4639, offset(0.008));
    assertThat(metrics.curves()).isEmpty();
  }

  @Test
  void multiclass_withAClassThatDoesNotOccur_averagesTheOthers() {
    double[] answers = {0.7, 0.2, 0.1, 0.0, 0.2, 0.5, 0.3, 0.0, 0.1, 0.2, 0.7, 0.0};
    OutputMetrics metrics = OutputMetrics.of(FOUR, 3, answers, new double[] {0, 1, 1}, "");
    // Areas: a 1; b of {0.5, 0.2} against {0.2} is 0.75. F1: a 1, b 2/3, c 0, d neither.
    assertThat(metric(metrics, "auc").value()).isCloseTo(0.875, offset(1e-15));
    assertThat(metric(metrics, "macro_f1").value()).isCloseTo(5 / 9.0, offset(1e-15));
  }

  @Test
  void multiclass_ofOneClass_hasNoAuc() {
    double[] answers = {0.7, 0.2, 0.1, 0.0, 0.2, 0.5, 0.3, 0.0};
    OutputMetrics metrics = OutputMetrics.of(FOUR, 2, answers, new double[] {1, 1}, "");
    assertThat(metric(metrics, "auc")).isEqualTo(Estimate.UNDEFINED.higherIsBetter("auc"));
  }

  @Test
  void multiclass_answeredPerfectlyOrNeverRight_isNotCertain() {
    double[] answers = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    OutputMetrics perfect = OutputMetrics.of(FOUR, 4, answers, new double[] {0, 1, 2, 3}, "");
    OutputMetrics wrong = OutputMetrics.of(FOUR, 4, answers, new double[] {1, 2, 3, 0}, "");
    for (String name : List.of("accuracy", "auc", "macro_f1")) {
      assertThat(metric(perfect, name).value()).isEqualTo(1);
      assertThat(metric(perfect, name).low()).isLessThan(0.9);
    }
    assertThat(metric(wrong, "macro_f1").value()).isZero();
    assertThat(metric(wrong, "macro_f1").high()).isGreaterThan(0.3);
  }

  @Test
  void macroAuc_ofTwoComplementaryClasses_hasTheIntervalOfTheBinaryOne() {
    double[] answers = new double[3 * ROWS];
    double[] labels = new double[ROWS];
    double[] binary = new double[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      double score = Math.floor(SCORES.uniform(row) * 256) / 256;
      labels[row] = TRUTH.uniform(row) < score ? 1 : 0;
      answers[3 * row] = binary[2 * row] = 1 - score;
      answers[3 * row + 1] = binary[2 * row + 1] = score;
    }
    Output three = new Output.Classes("y", List.of("no", "yes", "never"), -1);
    Metric macro = metric(OutputMetrics.of(three, ROWS, answers, labels, ""), "auc");
    Metric area = metric(OutputMetrics.of(BINARY, ROWS, binary, labels, ""), "auc");
    assertThat(macro.value()).isCloseTo(area.value(), offset(1e-14));
    assertThat(macro.low()).isCloseTo(area.low(), offset(1e-13));
    assertThat(macro.high()).isCloseTo(area.high(), offset(1e-13));
  }

  @Test
  void number_agreesWithScikitLearn() {
    double[] answers = new double[ROWS];
    double[] labels = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      answers[row] = Math.floor(SCORES.uniform(5000 + row) * 1000) / 8;
      labels[row] = answers[row] + Math.floor(TRUTH.uniform(5000 + row) * 1000 - 500) / 16;
    }
    OutputMetrics metrics = OutputMetrics.of(NUMBER, ROWS, answers, labels, "");
    assertThat(names(metrics)).containsExactly("rmse", "mae", "r2");
    assertMetric(metrics, "rmse", 18.42198208196189, 17.62746627149091, 19.21649789243287);
    assertMetric(metrics, "mae", 16.07046875, 15.186783933922724, 16.954153566077274);
    Metric r2 = metric(metrics, "r2");
    assertThat(r2.value()).isCloseTo(0.8010345604934819, offset(1e-14));
    // Percentiles of 4,000 draws in numpy: 0.7735 and 0.8232.
    assertThat(r2.low()).isCloseTo(0.7735, offset(0.004));
    assertThat(r2.high()).isCloseTo(0.8232, offset(0.004));
    assertThat(metrics.metrics())
        .extracting(Metric::higherIsBetter)
        .containsExactly(false, false, true);
  }

  @Test
  void r2_ofEqualLabels_isUndefined() {
    OutputMetrics metrics =
        OutputMetrics.of(NUMBER, 3, new double[] {1, 2, 3}, new double[] {2, 2, 2}, "");
    assertThat(metric(metrics, "r2")).isEqualTo(Estimate.UNDEFINED.higherIsBetter("r2"));
    assertThat(metric(metrics, "mae").value()).isCloseTo(2 / 3.0, offset(1e-15));
  }

  @Test
  void r2_ofTheMeanIs0AndOfWorseNegative() {
    double[] labels = {1, 2, 3, 4, 5, 6};
    double[] mean = {3.5, 3.5, 3.5, 3.5, 3.5, 3.5};
    double[] worse = {6, 5, 4, 3, 2, 1};
    assertThat(metric(OutputMetrics.of(NUMBER, 6, mean, labels, ""), "r2").value()).isZero();
    assertThat(metric(OutputMetrics.of(NUMBER, 6, worse, labels, ""), "r2").value()).isEqualTo(-3);
    assertThat(metric(OutputMetrics.of(NUMBER, 6, labels, labels, ""), "r2").value()).isEqualTo(1);
  }

  @Test
  void array_isMeasuredOverAllNumbersWithIntervalsOverRows() {
    Output array = new Output.Array("y", List.of(2, 2));
    double[] answers = {1, 1, 1, 1, 2, 2, 2, 2};
    double[] labels = {1, 2, 3, 4, 2, 2, 2, 4};
    OutputMetrics metrics = OutputMetrics.of(array, 2, answers, labels, "y.");
    assertThat(names(metrics)).containsExactly("y.rmse", "y.mae");
    // Squared errors by row: 14 / 4 and 4 / 4; absolute ones: 6 / 4 and 2 / 4.
    Estimate squares = Estimate.rootMean(2, row -> row == 0 ? 3.5 : 1);
    assertThat(metric(metrics, "y.rmse")).isEqualTo(squares.lowerIsBetter("y.rmse"));
    Estimate absolutes = Estimate.mean(2, row -> row == 0 ? 1.5 : 0.5);
    assertThat(metric(metrics, "y.mae")).isEqualTo(absolutes.lowerIsBetter("y.mae"));
  }

  @Test
  void names_beginWithThePrefix() {
    OutputMetrics metrics =
        OutputMetrics.of(BINARY, 2, new double[] {0.4, 0.6, 0.7, 0.3}, new double[] {1, 0}, "y.");
    assertThat(names(metrics)).allMatch(name -> name.startsWith("y."));
    assertThat(metrics.curves()).extracting(Curve::name).containsExactly("y.roc", "y.calibration");
  }

  @Test
  void bits_areFrozen() {
    double[] answers = four();
    Digest.Hasher hasher = new Digest.Hasher();
    for (OutputMetrics metrics :
        List.of(
            binary(1),
            OutputMetrics.of(FOUR, ROWS, answers, classesOf(answers), ""),
            OutputMetrics.of(NUMBER, 4 * ROWS, answers, answers(ROWS * 4), ""))) {
      for (Metric metric : metrics.metrics()) {
        hasher.update(Double.doubleToLongBits(metric.value()));
        hasher.update(Double.doubleToLongBits(metric.low()));
        hasher.update(Double.doubleToLongBits(metric.high()));
      }
    }
    assertThat(hasher.digest().hex())
        .isEqualTo("fac1aab040361dc01a79b304a644e19845acde7443f85d018a690615f3bff871");
  }

  private static double[] answers(int rows) {
    return IntStream.range(0, rows).mapToDouble(TRUTH::uniform).toArray();
  }

  @Test
  void bits_doNotDependOnTheOrderOfRows() {
    // But for measures that are bootstrapped, whose draws are by position.
    double[] answers = four();
    double[] labels = classesOf(answers);
    int[] order = RandomStream.of(3, "order").permutation(ROWS);
    double[] shuffled = new double[answers.length];
    double[] shuffledLabels = IntStream.of(order).mapToDouble(row -> labels[row]).toArray();
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(answers, 4 * order[row], shuffled, 4 * row, 4);
    }
    List<Metric> metrics = OutputMetrics.of(FOUR, ROWS, answers, labels, "").metrics();
    List<Metric> others = OutputMetrics.of(FOUR, ROWS, shuffled, shuffledLabels, "").metrics();
    assertThat(others.subList(0, 3)).isEqualTo(metrics.subList(0, 3));
    assertThat(others.get(3).value()).isEqualTo(metrics.get(3).value());
  }
}
