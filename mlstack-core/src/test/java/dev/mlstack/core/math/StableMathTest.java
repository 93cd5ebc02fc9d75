package dev.mlstack.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.math.DoubleDouble.Scaled;
import dev.mlstack.store.Digest;
import dev.mlstack.testkit.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StableMathTest {

  private static final int POINTS = Seeds.repetitions(60_000, 3_000_000);
  private static final double LN2 = Math.log(2);

  private static final Function EXP = new Function("exp", StableMath::exp, DoubleDouble::exp, 0.75);
  private static final Function SUBNORMAL_EXP =
      new Function("subnormal exp", StableMath::exp, DoubleDouble::exp, 1);
  private static final Function LOG =
      new Function("log", StableMath::log, x -> Function.unscaled(DoubleDouble.log(x)), 1);
  private static final Function LOG1P =
      new Function("log1p", StableMath::log1p, Function::exactLog1p, 2.5);
  private static final Function SIGMOID =
      new Function("sigmoid", StableMath::sigmoid, Function::exactSigmoid, 2.5);
  private static final Function SOFTPLUS =
      new Function("softplus", StableMath::softplus, Function::exactSoftplus, 2.5);

  /** A function, its oracle, and the error in units in the last place that it stays below. */
  private record Function(
      String name, DoubleUnaryOperator function, DoubleFunction<Scaled> oracle, double bound) {

    private static Scaled unscaled(DoubleDouble x) {
      return new Scaled(x, 0);
    }

    private static DoubleDouble exactLog1p(DoubleDouble x) {
      if (Math.abs(x.high()) < 0.25) {
        return DoubleDouble.logNear1(x);
      }
      DoubleDouble u = x.plus(1);
      return DoubleDouble.log(u.high())
          .plus(DoubleDouble.logNear1(DoubleDouble.of(u.low() / u.high())));
    }

    private static Scaled exactLog1p(double x) {
      return unscaled(exactLog1p(DoubleDouble.of(x)));
    }

    private static Scaled exactSigmoid(double x) {
      Scaled e = DoubleDouble.exp(-Math.abs(x));
      DoubleDouble sum =
          x < -600 ? DoubleDouble.of(1) : e.value().scaled(Math.max(e.exponent(), -900)).plus(1);
      return x < 0
          ? new Scaled(e.value().over(sum), e.exponent())
          : unscaled(DoubleDouble.of(1).over(sum));
    }

    private static Scaled exactSoftplus(double x) {
      Scaled e = DoubleDouble.exp(-Math.abs(x));
      if (x < -300) {
        return e;
      }
      DoubleDouble tail = exactLog1p(e.value().scaled(Math.max(e.exponent(), -900)));
      return unscaled(tail.plus(Math.max(x, 0)));
    }

    @Override
    public String toString() {
      return name;
    }

    double error(double x) {
      return Math.abs(oracle.apply(x).ulpsTo(function.applyAsDouble(x)));
    }
  }

  static Stream<Arguments> ranges() {
    return Stream.of(
        Arguments.of(EXP, -708, 709.78),
        Arguments.of(EXP, -0.36, 0.36),
        Arguments.of(EXP, -1e-6, 1e-6),
        Arguments.of(SUBNORMAL_EXP, -745.13, -708),
        Arguments.of(EXP, 708, 709.782),
        Arguments.of(LOG, 0.5, 2),
        Arguments.of(LOG, 0.70, 0.7072),
        Arguments.of(LOG, 1.41, 1.42),
        Arguments.of(LOG, 0.999, 1.001),
        Arguments.of(LOG, 2, 1e300),
        Arguments.of(LOG, Double.MIN_VALUE, 1e-307),
        Arguments.of(LOG1P, -0.999, 3),
        Arguments.of(LOG1P, -1e-3, 1e-3),
        Arguments.of(LOG1P, -1e-15, 1e-15),
        Arguments.of(LOG1P, 1, 1e17),
        Arguments.of(SIGMOID, -40, 40),
        Arguments.of(SIGMOID, -745.13, -700),
        Arguments.of(SOFTPLUS, -40, 40),
        Arguments.of(SOFTPLUS, -745.13, 800));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void error_ofRandomArguments_isBelowTheClaim(Function function, double from, double to) {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POINTS; i++) {
      double x = random.nextDouble(from, to);
      double error = function.error(x);
      if (!(error < function.bound)) {
        assertThat(error).as("%s(%s), seed %s", function, x, seed).isLessThan(function.bound);
      }
    }
  }

  @Test
  void errorOfLog_overAllExponents_isBelowTheClaim() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POINTS; i++) {
      double x = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (x > 0 && x < Double.POSITIVE_INFINITY) {
        assertThat(LOG.error(x) < LOG.bound()).as("log(%s), seed %s", x, seed).isTrue();
      }
    }
  }

  @Test
  void errorOfExp_whereTheReductionChanges_isBelowTheClaim() {
    for (int k = -1021; k < 1024; k++) {
      double x = (k + 0.5) * LN2;
      for (int i = 0; i < 20; i++) {
        assertThat(EXP.error(x) < EXP.bound()).as("exp(%s)", x).isTrue();
        assertThat(StableMath.exp(Math.nextUp(x))).isGreaterThanOrEqualTo(StableMath.exp(x));
        x = i % 2 == 0 ? Math.nextUp(x) : x - (i + 1) * Math.ulp(x);
      }
    }
  }

  @Test
  void errorOfLog_whereTheReductionChanges_isBelowTheClaim() {
    for (int k = -1022; k < 1023; k++) {
      double x = Math.scalb(Math.sqrt(0.5), k);
      for (int i = 0; i < 20; i++) {
        assertThat(LOG.error(x) < LOG.bound()).as("log(%s)", x).isTrue();
        assertThat(StableMath.log(Math.nextUp(x))).isGreaterThanOrEqualTo(StableMath.log(x));
        x = i % 2 == 0 ? Math.nextUp(x) : x - (i + 1) * Math.ulp(x);
      }
    }
  }

  @Test
  void errorOfExpAndLog_ofPowersOfTwo_isBelowTheClaim() {
    for (int k = -1074; k < 10; k++) {
      double x = Math.scalb(1.0, k);
      for (double y : new double[] {x, -x, x * 1.3}) {
        if (Math.abs(y) < 700) {
          assertThat(EXP.error(y) < EXP.bound()).as("exp(%s)", y).isTrue();
        }
      }
      assertThat(LOG.error(x) < LOG.bound()).as("log(%s)", x).isTrue();
      assertThat(LOG.error(1 / x) < LOG.bound() || k < -1022).as("log(%s)", 1 / x).isTrue();
    }
  }

  static Stream<Arguments> risingFunctions() {
    return Stream.of(
        Arguments.of(EXP, -745.2, 709.8),
        Arguments.of(EXP, -1, 1),
        Arguments.of(LOG, 0.1, 10),
        Arguments.of(LOG, 0.7, 0.708),
        Arguments.of(SIGMOID, -5, 5),
        Arguments.of(SIGMOID, -745.2, 40));
  }

  @ParameterizedTest
  @MethodSource("risingFunctions")
  void function_ofNeighbours_neverFalls(Function function, double from, double to) {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POINTS / 100; i++) {
      double x = random.nextDouble(from, to);
      double y = function.function.applyAsDouble(x);
      for (int j = 0; j < 200; j++) {
        x = Math.nextUp(x);
        double next = function.function.applyAsDouble(x);
        assertThat(next >= y).as("%s(%s), seed %s", function, x, seed).isTrue();
        y = next;
      }
    }
  }

  @Test
  void sigmoid_whereItBecomesExp_neverFalls() {
    double y = 0;
    for (double x = Math.nextDown(-709.5), to = x + 1e-10; x < to; x = Math.nextUp(x)) {
      assertThat(StableMath.sigmoid(x)).isGreaterThanOrEqualTo(y);
      y = StableMath.sigmoid(x);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, NaN, NaN, NaN, NaN, NaN",
    "Infinity, Infinity, Infinity, Infinity, 1, Infinity",
    "-Infinity, 0, NaN, NaN, 0, 0",
    "0.0, 1, -Infinity, 0.0, 0.5, 0.6931471805599453",
    "-0.0, 1, -Infinity, -0.0, 0.5, 0.6931471805599453",
    "1, 2.718281828459045, 0.0, 0.6931471805599453, 0.7310585786300049, 1.3132616875182228",
    "-1, 0.36787944117144233, NaN, -Infinity, 0.2689414213699951, 0.31326168751822286",
    "-2, 0.1353352832366127, NaN, NaN, 0.11920292202211755, 0.1269280110429725",
    "1.7976931348623157E308, Infinity, 709.782712893384, 709.782712893384, 1, 1.7976931348623157E308",
    "4.9E-324, 1, -744.4400719213812, 4.9E-324, 0.5, 0.6931471805599453",
    "709.782712893384, 1.7976931348622732E308, 6.564958885017789, 6.566366775350788, 1, 709.782712893384",
    "709.7827128933841, Infinity, 6.564958885017789, 6.566366775350789, 1, 709.7827128933841",
    "-745.1332191019411, 4.9E-324, NaN, NaN, 4.9E-324, 4.9E-324",
    "-745.1332191019412, 0, NaN, NaN, 0, 0",
  })
  void specialArguments_haveTheirValues(
      double x, double exp, double log, double log1p, double sigmoid, double softplus) {
    assertThat(
            DoubleStream.of(
                StableMath.exp(x),
                StableMath.log(x),
                StableMath.log1p(x),
                StableMath.sigmoid(x),
                StableMath.softplus(x)))
        .containsExactly(exp, log, log1p, sigmoid, softplus);
  }

  @Test
  void bits_ofAHundredThousandArguments_areFrozen() {
    // A later version may change them only together with every operation/version that uses them.
    Digest.Hasher hasher = new Digest.Hasher();
    SplittableRandom random = new SplittableRandom(20260);
    for (int i = 0; i < 100_000; i++) {
      double x = random.nextDouble(-750, 715);
      hasher.update(Double.doubleToLongBits(StableMath.exp(x)));
      hasher.update(Double.doubleToLongBits(StableMath.exp(x / 1000)));
      hasher.update(Double.doubleToLongBits(StableMath.log(Math.abs(x))));
      hasher.update(Double.doubleToLongBits(StableMath.log(1 + x / 1500)));
      hasher.update(Double.doubleToLongBits(StableMath.log1p(x / 1000)));
      hasher.update(Double.doubleToLongBits(StableMath.sigmoid(x / 10)));
      hasher.update(Double.doubleToLongBits(StableMath.softplus(x / 10)));
    }
    assertThat(hasher.digest().hex())
        .isEqualTo("067e820e1ad5f1a713358670c576b62f534641edfbb015f8402a3b1deff2dac1");
  }

  @Test
  void softmax_sumsToOneAndKeepsTheOrder() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1000; i++) {
      double[] x = random.doubles(10, -50, 50).sorted().toArray();
      double[] y = Arrays.copyOf(x, 12);
      StableMath.softmax(y, 0, 10);
      assertThat(Arrays.stream(y).sum()).as("seed %s", seed).isBetween(1 - 1e-15, 1 + 1e-15);
      assertThat(Arrays.copyOf(y, 10)).as("seed %s", seed).isSorted();
      assertThat(y).endsWith(0, 0);
    }
  }

  @Test
  void softmax_ofTwo_isSigmoidOfTheDifference() {
    double[] x = {7, 1000.25, 999};
    StableMath.softmax(x, 1, 2);
    assertThat(x[0]).isEqualTo(7);
    assertThat(x[1])
        .isCloseTo(StableMath.sigmoid(1.25), org.assertj.core.data.Offset.offset(1e-16));
    assertThat(x[2])
        .isCloseTo(StableMath.sigmoid(-1.25), org.assertj.core.data.Offset.offset(1e-16));
  }

  @Test
  void softmax_withoutAGreatestFiniteNumber_isNaN() {
    double infinity = Double.POSITIVE_INFINITY;
    for (double[] x : new double[][] {{1, Double.NaN}, {1, infinity}, {-infinity, -infinity}}) {
      StableMath.softmax(x, 0, 2);
      assertThat(x).containsOnly(Double.NaN);
    }
    double[] one = {-infinity, 3};
    StableMath.softmax(one, 0, 2);
    assertThat(one).containsExactly(0, 1);
  }
}
