package dev.mlstack.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistical tests draw from fixed seeds: they cannot fail by chance. */
class RandomStreamTest {

  private static final int DRAWS = 1 << 17;

  /** Deviations beyond this many standard deviations have a probability of 6e-7. */
  private static final double SIGMAS = 5;

  /** Computed by an implementation in Python, with whole numbers modulo 2^64. */
  @Test
  void values_areFrozen() {
    RandomStream stream = RandomStream.of(42, "split");
    assertThat(LongStream.range(-1, 4).map(stream::bits).toArray())
        .containsExactly(
            6489034171976814755L,
            -8110155370281732012L,
            -6869791720113606964L,
            -1180523585985021032L,
            755587543086985390L);
    assertThat(stream.uniform(0)).isEqualTo(0.5603475964172783);
    assertThat(stream.below(1000, 5)).isEqualTo(439);
    assertThat(stream.permutation(10)).containsExactly(3, 1, 5, 9, 6, 4, 8, 2, 7, 0);
    assertThat(stream.child("a").bits(0)).isEqualTo(-5280780728614808613L);
    assertThat(stream.child(7).bits(0)).isEqualTo(7902793221649100212L);
    assertThat(RandomStream.of(-1, "").bits(Long.MAX_VALUE)).isEqualTo(3475653314638525399L);
  }

  @Test
  void mix_isThatOfSplitMix64() {
    // The first numbers of java.util.SplittableRandom(0), an independent implementation.
    java.util.SplittableRandom reference = new java.util.SplittableRandom(0);
    for (int i = 1; i <= 100; i++) {
      assertThat(RandomStream.mix(0x9E3779B97F4A7C15L * i)).isEqualTo(reference.nextLong());
    }
  }

  /** Sequences of 64-bit numbers, each of which must look random. */
  static Stream<Named<LongUnaryOperator>> sequences() {
    RandomStream stream = RandomStream.of(1, "a");
    return Stream.of(
        Named.of("indexes", stream::bits),
        Named.of("indexes far apart", i -> stream.bits(i << 40)),
        Named.of("negative indexes", i -> stream.bits(-i)),
        Named.of("seeds", i -> RandomStream.of(i, "a").bits(0)),
        Named.of("high bits of seeds", i -> RandomStream.of(i << 44, "a").bits(0)),
        Named.of("names", i -> RandomStream.of(1, "column" + i).bits(0)),
        Named.of("numbered children", i -> stream.child(i).bits(0)),
        Named.of("grandchildren", i -> stream.child("tree").child(i).child("rows").bits(3)),
        Named.of("two streams", i -> stream.bits(i) ^ RandomStream.of(1, "b").bits(i)),
        Named.of("neighbouring seeds", i -> RandomStream.of(2, "a").bits(i) - stream.bits(i)),
        Named.of("parent and child", i -> stream.child(0).bits(i) ^ stream.bits(i)),
        Named.of("neighbouring indexes", i -> stream.bits(i + 1) - stream.bits(i)));
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void bits_ofEverySequence_areEven(LongUnaryOperator sequence) {
    int[] ones = new int[Long.SIZE];
    for (int i = 0; i < DRAWS / 4; i++) {
      long bits = sequence.applyAsLong(i);
      for (int bit = 0; bit < Long.SIZE; bit++) {
        ones[bit] += (int) (bits >>> bit) & 1;
      }
    }
    double expected = DRAWS / 8.0;
    double deviation = Math.sqrt(DRAWS / 16.0);
    for (int count : ones) {
      assertThat(Math.abs(count - expected) / deviation).isLessThan(SIGMAS);
    }
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void bytes_ofEverySequence_areUniform(LongUnaryOperator sequence) {
    for (int shift : new int[] {0, 20, 56}) {
      assertUniform(256, i -> (sequence.applyAsLong(i) >>> shift) & 0xFF);
    }
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void pairsOfNeighbours_areUniform(LongUnaryOperator sequence) {
    assertUniform(
        1024, i -> (sequence.applyAsLong(i) >>> 59) << 5 | sequence.applyAsLong(i + 1L) >>> 59);
  }

  /** Asserts by the chi-square test that cells are hit equally often. */
  private static void assertUniform(int cells, IntToLongFunction cell) {
    int[] counts = new int[cells];
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) cell.applyAsLong(i)]++;
    }
    assertThat(sigmas(counts)).isBetween(-SIGMAS, SIGMAS);
  }

  /** Returns the standard score of chi-square, by the cube root of Wilson and Hilferty. */
  private static double sigmas(int[] counts) {
    double expected = Arrays.stream(counts).sum() / (double) counts.length;
    double chi = Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected)).sum();
    double freedom = counts.length - 1;
    double variance = 2 / (9 * freedom);
    return (Math.cbrt(chi / expected / freedom) - (1 - variance)) / Math.sqrt(variance);
  }

  @Test
  void oneBitOfSeedNameOrIndex_changesHalfOfAllBits() {
    long changed = 0;
    int trials = 0;
    for (long i = 0; i < 200; i++) {
      RandomStream stream = RandomStream.of(i, "x");
      for (int bit = 0; bit < Long.SIZE; bit++) {
        long bits = stream.bits(i);
        changed += Long.bitCount(bits ^ stream.bits(i ^ 1L << bit));
        changed += Long.bitCount(bits ^ RandomStream.of(i ^ 1L << bit, "x").bits(i));
        changed += Long.bitCount(stream.child(i).bits(0) ^ stream.child(i ^ 1L << bit).bits(0));
        trials += 3;
      }
    }
    double deviation = Math.sqrt(trials * Long.SIZE) / 2;
    assertThat((changed - 32.0 * trials) / deviation).isBetween(-SIGMAS, SIGMAS);
  }

  @Test
  void streams_ofDifferentPaths_differ() {
    RandomStream root = RandomStream.of(0, "");
    Set<Long> first = new HashSet<>();
    int streams = 0;
    for (String a : new String[] {"", "a", "b", "ab", "ba", "a/b", "1"}) {
      for (String b : new String[] {"", "a", "b", "ab", "ba", "1"}) {
        first.add(root.child(a).child(b).bits(0));
        streams++;
      }
      for (long number = -2; number < 3; number++) {
        first.add(root.child(a).child(number).bits(0));
        first.add(root.child(number).child(a).bits(0));
        streams += 2;
      }
    }
    assertThat(first).hasSize(streams);
  }

  @Test
  void uniform_isFromZeroToBelowOneWithTheRightMoments() {
    RandomStream stream = RandomStream.of(3, "uniform");
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = stream.uniform(i);
      assertThat(x >= 0 && x < 1).isTrue();
      sum += x;
      squares += x * x;
    }
    assertThat((sum / DRAWS - 0.5) * Math.sqrt(12.0 * DRAWS)).isBetween(-SIGMAS, SIGMAS);
    double deviationOfSquares = Math.sqrt((1 / 5.0 - 1 / 9.0) / DRAWS);
    assertThat((squares / DRAWS - 1 / 3.0) / deviationOfSquares).isBetween(-SIGMAS, SIGMAS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 100, 1000})
  void below_isUniform(int bound) {
    RandomStream stream = RandomStream.of(4, "below");
    if (bound == 1) {
      assertThat(IntStream.range(0, 100).map(i -> stream.below(1, i)).toArray()).containsOnly(0);
    } else {
      assertUniform(bound, i -> stream.below(bound, i));
    }
  }

  @Test
  void below_ofTheGreatestBound_reachesBothEnds() {
    RandomStream stream = RandomStream.of(5, "below");
    int[] draws = IntStream.range(0, 1000).map(i -> stream.below(Integer.MAX_VALUE, i)).toArray();
    assertThat(Arrays.stream(draws).min().orElseThrow()).isBetween(0, 20_000_000);
    assertThat(Arrays.stream(draws).max().orElseThrow())
        .isBetween(Integer.MAX_VALUE - 20_000_000, Integer.MAX_VALUE - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void below_ofNoBound_isRefused(int bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomStream.of(0, "x").below(bound, 0))
        .withMessage("bound must be at least 1 but was " + bound);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10, 1000})
  void permutation_hasEveryNumberOnce(int size) {
    long seed = Seeds.next();
    int[] order = RandomStream.of(seed, "order").permutation(size);
    assertThat(Arrays.stream(order).sorted())
        .as("seed %s", seed)
        .containsExactlyElementsOf(IntStream.range(0, size).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void permutation_ofFew_isUniform(int size) {
    RandomStream stream = RandomStream.of(6, "order");
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS / 4; i++) {
      counts.merge(Arrays.toString(stream.child(i).permutation(size)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(IntStream.rangeClosed(1, size).reduce(1, (a, b) -> a * b));
    int[] all = counts.values().stream().mapToInt(Integer::intValue).toArray();
    assertThat(sigmas(all)).isBetween(-SIGMAS, SIGMAS);
  }
}
