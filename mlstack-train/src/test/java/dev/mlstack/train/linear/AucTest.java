package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.model.Signature;
import org.junit.jupiter.api.Test;

/**
 * How well a model ranks rows it has not seen, against scikit-learn 1.9.1:
 *
 * <pre>
 * u = numbers(7, n * (d + 1)).reshape(n, d + 1)  # n, d = 10000, 6; numbers as in LinearData
 * X = (u[:, :d] * 4 - 2).astype(np.float32).astype(np.float64)
 * p = 1 / (1 + np.exp(-(X &#64; [0.5, -0.5, 0.25, 0, 0, 1] + 0.3)))
 * y = (u[:, d] &lt; p).astype(int)
 * m = LogisticRegression(tol=1e-14, solver='newton-cholesky').fit(X[:5000], y[:5000])
 * print(roc_auc_score(y[5000:], m.decision_function(X[5000:])))  # 0.8143826159044929
 * print(roc_auc_score(y[5000:], p[5000:]))                       # 0.8145361793763449
 * </pre>
 */
class AucTest {

  private static final int ROWS = 10_000;
  private static final int WIDTH = 6;
  private static final double[] WEIGHTS = {0.5, -0.5, 0.25, 0, 0, 1};

  @Test
  void auc_onUnseenRows_isThatOfScikitLearn() {
    Signature signature = LinearData.signature(WIDTH, LinearData.classes(2));
    double[] u = LinearData.numbers(7, ROWS * (WIDTH + 1));
    MemoryExamples.Builder train = LinearData.builder(signature);
    float[] unseen = new float[ROWS / 2 * WIDTH];
    double[] labels = new double[ROWS / 2];
    for (int row = 0; row < ROWS; row++) {
      float[] features = new float[WIDTH];
      double score = 0.3;
      for (int slot = 0; slot < WIDTH; slot++) {
        features[slot] = (float) (u[row * (WIDTH + 1) + slot] * 4 - 2);
        score += WEIGHTS[slot] * features[slot];
      }
      double label = u[row * (WIDTH + 1) + WIDTH] < 1 / (1 + Math.exp(-score)) ? 1 : 0;
      int test = row - ROWS / 2;
      if (test < 0) {
        train.add(row, features, 0, new double[] {label}, 1);
      } else {
        labels[test] = label;
        System.arraycopy(features, 0, unseen, test * WIDTH, WIDTH);
      }
    }
    LinearModel model = LinearData.train(Logistic.defaults(), train.build());
    double[] outputs = new double[ROWS];
    model.score(unseen, ROWS / 2, outputs);
    assertThat(auc(outputs, labels)).isCloseTo(0.8143826159044929, within(1e-6));
  }

  /** Counts the pairs of a positive and a negative row of which the positive is ranked above. */
  private static double auc(double[] outputs, double[] labels) {
    double above = 0;
    long pairs = 0;
    for (int positive = 0; positive < labels.length; positive++) {
      for (int negative = 0; negative < labels.length; negative++) {
        if (labels[positive] == 1 && labels[negative] == 0) {
          double difference = outputs[2 * positive + 1] - outputs[2 * negative + 1];
          above += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return above / pairs;
  }
}
