package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.profile.RankSearch.Found;
import dev.mlstack.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankSearchTest {

  private static final int REPETITIONS = Seeds.repetitions(40, 2000);

  /** Makes the numbers of one repetition. */
  private interface Numbers extends Function<SplittableRandom, double[]> {}

  static Stream<Named<Numbers>> kindsOfNumbers() {
    return Stream.of(
        Named.of("uniform", random -> random.doubles(random.nextInt(1, 500)).toArray()),
        Named.of("few values", random -> random.doubles(200).map(x -> Math.rint(x * 9)).toArray()),
        Named.of("one value", random -> new double[] {3, 3, 3, 3}),
        Named.of(
            "any bits",
            random ->
                random
                    .longs(300)
                    .mapToDouble(Double::longBitsToDouble)
                    .filter(x -> !Double.isNaN(x))
                    .toArray()),
        Named.of(
            "neighbours",
            random -> random.ints(300, -50, 50).mapToDouble(i -> 1 + i * Math.ulp(1.0)).toArray()),
        Named.of(
            "both ends",
            random ->
                random
                    .ints(100, 0, 6)
                    .mapToDouble(
                        i ->
                            new double[] {
                                  Double.NEGATIVE_INFINITY,
                                  -Double.MAX_VALUE,
                                  -Double.MIN_VALUE,
                                  0,
                                  Double.MAX_VALUE,
                                  Double.POSITIVE_INFINITY
                                }
                                [i])
                    .toArray()));
  }

  private static RankSearch search(
      double[] numbers, List<Long> ranks, int bits, SplittableRandom random) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    RankSearch search =
        RankSearch.start(sorted[0], sorted[sorted.length - 1], sorted.length, ranks, bits);
    int rounds = 0;
    while (!search.done()) {
      RankSearch.Parts left = search.parts();
      RankSearch.Parts right = search.parts();
      for (double number : numbers) {
        (random.nextBoolean() ? left : right).add(number);
      }
      left.add(right);
      search = search.next(left);
      rounds++;
      assertThat(rounds).isLessThanOrEqualTo(64 / bits + 1);
    }
    return search;
  }

  @ParameterizedTest
  @MethodSource("kindsOfNumbers")
  void found_areTheNumbersOfTheSortedArray(Numbers kind) {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < REPETITIONS; i++) {
      double[] numbers = Arrays.stream(kind.apply(random)).map(x -> x + 0.0).toArray();
      double[] sorted = numbers.clone();
      Arrays.sort(sorted);
      List<Long> ranks =
          LongStream.generate(() -> random.nextLong(1, sorted.length + 1L))
              .limit(random.nextInt(1, 12))
              .distinct()
              .sorted()
              .boxed()
              .toList();
      RankSearch search = search(numbers, ranks, random.nextInt(1, 12), random);
      for (long rank : ranks) {
        double value = sorted[(int) rank - 1];
        long below = Arrays.stream(sorted).filter(x -> x < value).count();
        long equal = Arrays.stream(sorted).filter(x -> x == value).count();
        assertThat(search.at(rank)).as("seed %s", seed).isEqualTo(new Found(value, below, equal));
      }
    }
  }

  @Test
  void keys_areInTheOrderOfTheNumbers() {
    double[] rising = {
      Double.NEGATIVE_INFINITY,
      -Double.MAX_VALUE,
      -1,
      -Double.MIN_NORMAL,
      -Double.MIN_VALUE,
      0,
      Double.MIN_VALUE,
      Double.MIN_NORMAL,
      1,
      Math.nextUp(1.0),
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY
    };
    for (int i = 0; i < rising.length; i++) {
      assertThat(RankSearch.number(RankSearch.key(rising[i]))).isEqualTo(rising[i]);
      if (i > 0) {
        assertThat(RankSearch.key(rising[i])).isGreaterThan(RankSearch.key(rising[i - 1]));
      }
    }
    assertThat(RankSearch.key(-0.0)).isEqualTo(RankSearch.key(0.0));
  }
}
