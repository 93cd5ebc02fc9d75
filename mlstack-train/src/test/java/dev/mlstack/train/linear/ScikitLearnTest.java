package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import org.junit.jupiter.api.Test;

/**
 * Compares coefficients and objectives with those of scikit-learn 1.9.1, computed by this script:
 *
 * <pre>
 * import numpy as np
 * from sklearn.linear_model import LogisticRegression, Ridge
 * from sklearn.metrics import log_loss
 *
 * def numbers(count):
 *     state, out = 42, np.empty(count)
 *     for i in range(count):
 *         state = (state * 1103515245 + 12345) % 2**31
 *         out[i] = state / 2**31
 *     return out
 *
 * n, d = 200, 4
 * u = numbers(n * (d + 3)).reshape(n, d + 3)
 * X = ((u[:, :d] - 0.3) * [1, 2, 10, 0.5] + [0, 1, 50, 0]).astype(np.float32).astype(np.float64)
 * noise, w = u[:, d], 0.5 + u[:, d + 1]
 * score = X &#64; [1.5, -1, 0.2, 2] - 9 + 3 * (noise - 0.5)
 * binary = (score &gt; 0).astype(int)
 * three = np.digitize(score, [-1, 1])
 * Y = np.stack([score, X[:, 1] * X[:, 3] + noise], axis=1)
 *
 * def classify(y, weights, l2):
 *     m = LogisticRegression(C=1 / l2, tol=1e-14, solver='newton-cholesky')
 *     m.fit(X, y, sample_weight=weights)
 *     print(np.column_stack([m.coef_, m.intercept_]))
 *     loss = log_loss(y, m.predict_proba(X), sample_weight=weights, normalize=True)
 *     print(loss * (n if weights is None else weights.sum()) + l2 / 2 * (m.coef_**2).sum())
 *
 * classify(binary, None, 1); classify(binary, w, 0.1)
 * classify(three, None, 1); classify(three, w, 0.1)
 * m = Ridge(alpha=2, solver='cholesky').fit(X, Y, sample_weight=w)
 * print(np.column_stack([m.coef_, m.intercept_]))
 * print(0.5 * (w[:, None] * (m.predict(X) - Y)**2).sum() + (m.coef_**2).sum())
 * m = Ridge(alpha=0, solver='cholesky').fit(X, Y)
 * print(np.column_stack([m.coef_, m.intercept_]))
 * </pre>
 */
class ScikitLearnTest {

  private static final int ROWS = 200;
  private static final int WIDTH = 4;
  private static final double TIGHT = 1e-12;

  private enum Target {
    BINARY,
    THREE,
    NUMBERS;

    private Signature signature() {
      return switch (this) {
        case BINARY -> LinearData.signature(WIDTH, LinearData.classes(2));
        case THREE -> LinearData.signature(WIDTH, LinearData.classes(3));
        case NUMBERS ->
            LinearData.signature(
                WIDTH, new Output.Quantity("first"), new Output.Quantity("second"));
      };
    }

    private double[] label(double score, double[] x, double noise) {
      return switch (this) {
        case BINARY -> new double[] {score > 0 ? 1 : 0};
        case THREE -> new double[] {score < -1 ? 0 : score < 1 ? 1 : 2};
        case NUMBERS -> new double[] {score, x[1] * x[3] + noise};
      };
    }
  }

  private static Examples examples(Target target, boolean weighted) {
    double[] u = LinearData.numbers(42, ROWS * (WIDTH + 3));
    MemoryExamples.Builder builder = LinearData.builder(target.signature());
    for (int row = 0; row < ROWS; row++) {
      int at = row * (WIDTH + 3);
      double[] x = {
        (float) (u[at] - 0.3),
        (float) ((u[at + 1] - 0.3) * 2 + 1),
        (float) ((u[at + 2] - 0.3) * 10 + 50),
        (float) ((u[at + 3] - 0.3) * 0.5)
      };
      double noise = u[at + 4];
      double score = 1.5 * x[0] - x[1] + 0.2 * x[2] + 2 * x[3] - 9 + 3 * (noise - 0.5);
      double[] label = target.label(score, x, noise);
      float[] features = {(float) x[0], (float) x[1], (float) x[2], (float) x[3]};
      builder.add(row, features, 0, label, weighted ? 0.5 + u[at + 5] : 1);
    }
    return builder.build();
  }

  private static void check(
      Trainer trainer, Examples examples, double objective, double... coefficients) {
    try (Training training = trainer.start(TrainingContext.of(examples, 1))) {
      training.advance(Budget.unlimited());
      assertThat(LinearData.coefficients((LinearModel) training.model()))
          .containsExactly(coefficients, within(1e-8));
      assertThat(training.progress().measures().get("objective"))
          .isCloseTo(objective, within(1e-8));
    }
  }

  @Test
  void twoClasses() {
    check(
        Logistic.defaults().withTolerance(TIGHT),
        examples(Target.BINARY, false),
        95.3496956871,
        1.69889961436,
        -1.18169583906,
        0.380023561149,
        2.06244316408,
        -17.9451273751);
  }

  @Test
  void twoClassesWithWeights() {
    check(
        Logistic.defaults().withL2(0.1).withTolerance(TIGHT),
        examples(Target.BINARY, true),
        91.6106927891,
        2.18641683366,
        -1.43637558802,
        0.411857731655,
        4.67207532228,
        -19.5384961969);
  }

  @Test
  void threeClasses() {
    check(
        Logistic.defaults().withTolerance(TIGHT),
        examples(Target.THREE, false),
        140.715619672,
        -1.7182621465,
        0.936497410642,
        -0.364665515612,
        -1.28381992458,
        16.9508503642,
        0.0629866311367,
        0.422619596765,
        -0.00390036341666,
        -0.643467023135,
        0.588173792394,
        1.65527551536,
        -1.35911700741,
        0.368565879029,
        1.92728694772,
        -17.5390241566);
  }

  @Test
  void threeClassesWithWeights() {
    check(
        Logistic.defaults().withL2(0.1).withTolerance(TIGHT),
        examples(Target.THREE, true),
        126.023599744,
        -2.97861517901,
        1.56198628084,
        -0.429426641081,
        -4.4374093116,
        19.5766836115,
        0.253000216446,
        0.321529224046,
        -0.0186708580285,
        -0.469225242528,
        1.71867357402,
        2.72561496257,
        -1.88351550489,
        0.448097499109,
        4.90663455413,
        -21.2953571855);
  }

  @Test
  void ridgeWithWeights() {
    check(
        LeastSquares.defaults().withL2(2).withTolerance(TIGHT),
        examples(Target.NUMBERS, true),
        87.6292146601,
        1.14473085464,
        -0.945091531275,
        0.219971740542,
        1.73300075084,
        -10.0419126849,
        -0.0706403494409,
        0.126533182772,
        0.00404209276289,
        1.06220375134,
        0.15566088242);
  }

  @Test
  void leastSquaresWithoutPenalty() {
    LinearModel model =
        LinearData.train(
            LeastSquares.defaults().withL2(0).withTolerance(TIGHT),
            examples(Target.NUMBERS, false));
    assertThat(LinearData.coefficients(model))
        .containsExactly(
            new double[] {
              1.18906516784,
              -0.936839216856,
              0.212258381653,
              2.52978966356,
              -9.78539223865,
              -0.114494730247,
              0.142906792026,
              0.00153917294543,
              1.59064768531,
              0.199207300143
            },
            within(1e-8));
  }

  @Test
  void defaultTolerance_isGoodForSixDigits() {
    LinearModel loose = LinearData.train(Logistic.defaults(), examples(Target.THREE, false));
    LinearModel tight =
        LinearData.train(Logistic.defaults().withTolerance(TIGHT), examples(Target.THREE, false));
    double[] expected = LinearData.coefficients(tight);
    double[] found = LinearData.coefficients(loose);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5 * (1 + Math.abs(expected[i]))));
    }
  }
}
