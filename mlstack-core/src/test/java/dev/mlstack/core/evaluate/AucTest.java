package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.testkit.Seeds;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AucTest {

  private static final int REPETITIONS = Seeds.repetitions(300, 10_000);

  /** The area and its variance by the definitions, in O(m n). */
  private record BruteForce(double area, double variance) {

    static BruteForce of(double[] positives, double[] negatives) {
      double[] ofPositives = new double[positives.length];
      double[] ofNegatives = new double[negatives.length];
      for (int i = 0; i < positives.length; i++) {
        for (int j = 0; j < negatives.length; j++) {
          double win = positives[i] > negatives[j] ? 1 : positives[i] == negatives[j] ? 0.5 : 0;
          ofPositives[i] += win / negatives.length;
          ofNegatives[j] += win / positives.length;
        }
      }
      double area =
          IntStream.range(0, positives.length)
              .mapToDouble(i -> ofPositives[i])
              .average()
              .orElse(Double.NaN);
      return new BruteForce(area, spread(ofPositives, area) + spread(ofNegatives, area));
    }

    private static double spread(double[] placements, double area) {
      double squares = 0;
      for (double placement : placements) {
        squares += (placement - area) * (placement - area);
      }
      return squares / (placements.length - 1) / placements.length;
    }
  }

  private static double[] scores(SplittableRandom random, int count, int distinct, double shift) {
    return random.doubles(count).map(x -> Math.floor((x + shift) * distinct) / distinct).toArray();
  }

  @Test
  void valueAndVariance_areThoseOfTheDefinition() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < REPETITIONS; i++) {
      int distinct = 1 << random.nextInt(1, 12);
      double[] positives = scores(random, random.nextInt(2, 60), distinct, 0.3);
      double[] negatives = scores(random, random.nextInt(2, 60), distinct, 0);
      BruteForce expected = BruteForce.of(positives, negatives);
      Auc auc = new Auc(positives, negatives);
      assertThat(auc.value()).as("seed %s", seed).isCloseTo(expected.area(), offset(1e-14));
      assertThat(auc.variance()).as("seed %s", seed).isCloseTo(expected.variance(), offset(1e-15));
    }
  }

  @Test
  void influence_sumsToZeroWithinEachKind() {
    SplittableRandom random = new SplittableRandom(2);
    double[] positives = scores(random, 37, 20, 0.2);
    double[] negatives = scores(random, 53, 20, 0);
    Auc auc = new Auc(positives, negatives);
    double ofPositives = 0;
    for (double score : positives) {
      ofPositives += auc.influence(score, true);
    }
    double ofNegatives = 0;
    for (double score : negatives) {
      ofNegatives += auc.influence(score, false);
    }
    assertThat(ofPositives).isCloseTo(0, offset(1e-15));
    assertThat(ofNegatives).isCloseTo(0, offset(1e-15));
  }

  /**
   * Ratings of 109 images in table I of J. Hanley and B. McNeil, "The meaning and use of the area
   * under a receiver operating characteristic (ROC) curve", Radiology 143, 1982; area 0.893.
   * DeLong's standard error is 0.0307 and the interval without logit 0.83295 to 0.95339 in the
   * manual of Stata's roctab. The other digits are by brute force in numpy.
   */
  @Test
  void estimate_ofHanleyAndMcNeil_isThePublishedOne() {
    double[] normal = ratings(33, 6, 6, 11, 2);
    double[] abnormal = ratings(3, 2, 2, 11, 33);
    Auc auc = new Auc(abnormal, normal);
    double error = Math.sqrt(auc.variance());
    assertThat(auc.value()).isCloseTo(0.8931710615280595, offset(1e-15));
    assertThat(error).isCloseTo(0.030724408379381122, offset(1e-15));
    assertThat(auc.value() - Estimate.Z * error).isCloseTo(0.83295, offset(5e-6));
    assertThat(auc.value() + Estimate.Z * error).isCloseTo(0.95339, offset(5e-6));
    assertThat(auc.estimate().low()).isCloseTo(0.8164434579114811, offset(1e-14));
    assertThat(auc.estimate().high()).isCloseTo(0.9401761946121983, offset(1e-14));
  }

  private static double[] ratings(int... counts) {
    return IntStream.range(0, counts.length)
        .flatMap(rating -> IntStream.generate(() -> rating + 1).limit(counts[rating]))
        .asDoubleStream()
        .toArray();
  }

  /** Roots found by scipy's brentq of |area - x| = z sqrt(variance(x)). */
  @ParameterizedTest
  @CsvSource({
    "1, 10, 10, 0.800213612881106, 1",
    "1, 5, 50, 0.7900518260962995, 1",
    "0, 3, 4, 0, 0.46030833280327277",
    "0.5, 20, 30, 0.3447977899293195, 0.6552022100706805",
    "0.75, 1, 4, 0.2034975112467684, 0.9706774583791787",
    "1, 1, 1, 0.2065493143772372, 1",
  })
  void estimate_withoutVariance_isNewcombes(double area, long m, long n, double low, double high) {
    for (double variance : new double[] {0, Double.NaN}) {
      Estimate estimate = Auc.estimate(area, variance, m, n);
      assertThat(estimate.value()).isEqualTo(area);
      assertThat(estimate.low()).isCloseTo(low, offset(1e-12));
      assertThat(estimate.high()).isCloseTo(high, offset(1e-12));
    }
  }

  @Test
  void estimate_ofPerfectSeparation_isNotCertain() {
    Estimate estimate = new Auc(new double[] {3, 4, 5}, new double[] {0, 1, 2}).estimate();
    assertThat(estimate.value()).isEqualTo(1);
    assertThat(estimate.high()).isEqualTo(1);
    assertThat(estimate.low()).isBetween(0.3, 0.9);
  }

  @Test
  void estimate_ofEqualScores_isOneHalfAndNotCertain() {
    Estimate estimate = new Auc(new double[] {1, 1}, new double[] {1, 1, 1}).estimate();
    assertThat(estimate.value()).isEqualTo(0.5);
    assertThat(estimate.low()).isLessThan(0.3);
    assertThat(estimate.high()).isGreaterThan(0.7);
  }

  @Test
  void estimate_ofOneKind_isUndefined() {
    assertThat(new Auc(new double[] {1}, new double[0]).estimate()).isEqualTo(Estimate.UNDEFINED);
    assertThat(new Auc(new double[0], new double[] {1}).estimate()).isEqualTo(Estimate.UNDEFINED);
  }

  @Test
  void estimate_ofOneRowOfAKind_hasAnInterval() {
    Estimate estimate = new Auc(new double[] {2}, new double[] {0, 1, 3, 4}).estimate();
    assertThat(estimate.value()).isEqualTo(0.5);
    assertThat(estimate.low()).isBetween(0.01, 0.4);
    assertThat(estimate.high()).isBetween(0.6, 0.99);
  }

  @Test
  void estimate_staysBetween0And1AndAroundTheValue() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < REPETITIONS; i++) {
      double[] positives = scores(random, random.nextInt(1, 8), 16, random.nextDouble(2));
      double[] negatives = scores(random, random.nextInt(1, 8), 16, 0);
      Estimate estimate = new Auc(positives, negatives).estimate();
      assertThat(estimate.low()).as("seed %s", seed).isBetween(0.0, estimate.value());
      assertThat(estimate.high()).as("seed %s", seed).isBetween(estimate.value(), 1.0);
    }
  }

  @Test
  void value_ofManyRows_doesNotOverflow() {
    double[] low = new double[3_000_000];
    double[] high = new double[3_000_000];
    java.util.Arrays.setAll(low, i -> i);
    java.util.Arrays.setAll(high, i -> i + 1_500_000);
    // Of all pairs, those where the negative is higher are half of a square of half the length.
    assertThat(new Auc(high, low).value()).isCloseTo(1 - 0.125, offset(1e-6));
  }
}
