package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.model.Curve;
import dev.mlstack.testkit.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RocCurveTest {

  private static Curve curve(double[] positives, double[] negatives) {
    Arrays.sort(positives);
    Arrays.sort(negatives);
    return new RocCurve(positives, negatives).toCurve("roc");
  }

  private static double area(Curve curve) {
    double area = 0;
    for (int i = 1; i < curve.x().length; i++) {
      area += (curve.x()[i] - curve.x()[i - 1]) * (curve.y()[i] + curve.y()[i - 1]) / 2;
    }
    return area;
  }

  /** Counted by hand. */
  @Test
  void points_ofFewScores_areTheCorners() {
    Curve curve = curve(new double[] {0.4, 0.8, 0.9, 0.9}, new double[] {0.1, 0.3, 0.4, 0.85});
    assertThat(curve.x()).containsExactly(0, 0, 0.25, 0.25, 0.5, 1);
    assertThat(curve.y()).containsExactly(0, 0.5, 0.5, 0.75, 1, 1);
    assertThat(curve.name()).isEqualTo("roc");
    assertThat(curve.xName()).isEqualTo("false positive rate");
    assertThat(curve.yName()).isEqualTo("true positive rate");
  }

  @Test
  void area_ofFewCorners_isTheAuc() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      double[] positives =
          random.doubles(random.nextInt(1, 90), 0.2, 1.2).map(RocCurveTest::tied).toArray();
      double[] negatives = random.doubles(random.nextInt(1, 90)).map(RocCurveTest::tied).toArray();
      Curve curve = curve(positives, negatives);
      double auc = new Auc(positives, negatives).value();
      assertThat(area(curve)).as("seed %s", seed).isCloseTo(auc, offset(1e-12));
      assertRising(curve);
    }
  }

  private static double tied(double x) {
    return Math.rint(x * 50);
  }

  private static void assertRising(Curve curve) {
    assertThat(curve.x()).isSorted().startsWith(0).endsWith(1);
    assertThat(curve.y()).isSorted().startsWith(0).endsWith(1);
    assertThat(curve.x()).hasSameSizeAs(curve.y()).hasSizeLessThanOrEqualTo(RocCurve.MAX_POINTS);
  }

  @Test
  void points_ofManyScores_areFewAndCloseToTheCurve() {
    SplittableRandom random = new SplittableRandom(5);
    double[] positives = random.doubles(20_000).map(Math::sqrt).toArray();
    double[] negatives = random.doubles(30_000).toArray();
    Curve curve = curve(positives, negatives);
    assertRising(curve);
    assertThat(curve.x()).hasSize(RocCurve.MAX_POINTS);
    assertThat(area(curve)).isCloseTo(new Auc(positives, negatives).value(), offset(2e-3));
    for (int i = 1; i < curve.x().length; i++) {
      double step = curve.x()[i] - curve.x()[i - 1] + curve.y()[i] - curve.y()[i - 1];
      assertThat(step).isLessThan(0.03);
    }
  }

  @Test
  void points_ofManyScores_keepTheHull() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      double[] positives = random.doubles(1000).map(Math::sqrt).toArray();
      double[] negatives = random.doubles(700).toArray();
      Curve curve = curve(positives, negatives);
      // The most profitable threshold of any costs is a point of the curve.
      for (double cost = 0.1; cost < 10; cost *= 1.3) {
        double best = 0;
        for (double threshold : positives) {
          best = Math.max(best, rate(positives, threshold) - cost * rate(negatives, threshold));
        }
        double kept = 0;
        for (int j = 0; j < curve.x().length; j++) {
          kept = Math.max(kept, curve.y()[j] - cost * curve.x()[j]);
        }
        assertThat(kept).as("seed %s", seed).isCloseTo(best, offset(1e-12));
      }
    }
  }

  private static double rate(double[] scores, double threshold) {
    return Arrays.stream(scores).filter(score -> score >= threshold).count()
        / (double) scores.length;
  }

  @Test
  void points_ofAHullWithManyCorners_areStillFew() {
    // Each threshold is on the hull: gaps between the negatives' scores grow.
    int size = 1000;
    double[] positives = new double[size * (size + 1) / 2];
    double[] negatives = new double[size];
    int at = 0;
    for (int i = 0; i < size; i++) {
      negatives[i] = i + 0.5;
      for (int j = 0; j <= i; j++) {
        positives[at++] = i + 1;
      }
    }
    Curve curve = curve(positives, negatives);
    assertRising(curve);
    assertThat(area(curve)).isCloseTo(new Auc(positives, negatives).value(), offset(1e-3));
  }

  @Test
  void points_ofPerfectAndUselessScores() {
    Curve perfect = curve(new double[] {5, 6}, new double[] {1, 2, 3});
    assertThat(perfect.x()).containsExactly(0, 0, 1);
    assertThat(perfect.y()).containsExactly(0, 1, 1);
    Curve useless = curve(new double[] {1, 1}, new double[] {1, 1, 1});
    assertThat(useless.x()).containsExactly(0, 1);
    assertThat(useless.y()).containsExactly(0, 1);
  }
}
