package dev.mlstack.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  private final long seed = Seeds.next();

  private long[] ids(int count) {
    // Identities are hashes; so are these.
    return new Random(seed).longs(count).toArray();
  }

  private static Set<Long> idsOf(Dataset data) {
    Set<Long> ids = new HashSet<>();
    data.forEach(
        table -> {
          assertThat(table.rows()).isPositive();
          for (int row = 0; row < table.rows(); row++) {
            assertThat(ids.add(table.rowId(row))).isTrue();
          }
        });
    return ids;
  }

  @Test
  void parts_areTheWholeAndShareNothing() {
    long[] ids = ids(10_000);
    Split split = NumbersTable.dataset(ids).split(0.8, 7);
    Set<Long> train = idsOf(split.train());
    Set<Long> test = idsOf(split.test());
    assertThat(train).as("seed %d", seed).doesNotContainAnyElementsOf(test);
    assertThat(train.size() + test.size()).isEqualTo(ids.length);
    assertThat(split.train().rows()).isEqualTo(train.size());
    assertThat(split.test().rows()).isEqualTo(test.size());
    assertThat(split.train().schema()).isEqualTo(NumbersTable.SCHEMA);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 0.8, 0.99})
  void train_hasAboutTheFraction(double fraction) {
    Split split = NumbersTable.dataset(ids(100_000)).split(fraction, 11);
    // Six standard deviations: fails once in 500 million.
    double bound = 6 * Math.sqrt(fraction * (1 - fraction) * 100_000);
    assertThat((double) split.train().rows())
        .as("seed %d", seed)
        .isCloseTo(100_000 * fraction, within(bound));
  }

  @Test
  void side_staysWhenRowsComeOrGoOrMove() {
    long[] ids = ids(2_000);
    Set<Long> train = idsOf(NumbersTable.dataset(ids).split(0.7, 3).train());
    long[] shuffled = new Random(1).longs(500).toArray();
    long[] more = LongStream.concat(LongStream.of(shuffled), LongStream.of(ids)).toArray();
    Set<Long> trainOfMore = idsOf(NumbersTable.dataset(shuffled, ids).split(0.7, 3).train());
    assertThat(trainOfMore).as("seed %d", seed).containsAll(train);
    assertThat(idsOf(NumbersTable.dataset(more).split(0.7, 3).train())).isEqualTo(trainOfMore);
    Set<Long> rest = new HashSet<>(trainOfMore);
    rest.removeAll(train);
    assertThat(LongStream.of(ids).filter(rest::contains)).isEmpty();
  }

  /** A part is divided anew: the draws of the first split say nothing about the second. */
  @Test
  void nestedSplit_sameSeed_isIndependent() {
    Split outer = NumbersTable.dataset(ids(100_000)).split(0.8, 5);
    Split inner = outer.train().split(0.8, 5);
    double share = inner.train().rows() / (double) outer.train().rows();
    assertThat(share).as("seed %d", seed).isCloseTo(0.8, within(0.01));
    Split third = inner.train().split(0.8, 5);
    assertThat(third.train().rows() / (double) inner.train().rows()).isCloseTo(0.8, within(0.01));
    assertThat(
            idsOf(outer.test()).size() + idsOf(inner.test()).size() + idsOf(inner.train()).size())
        .isEqualTo(100_000);
  }

  @Test
  void otherSeed_dividesIndependently() {
    long[] ids = ids(100_000);
    Set<Long> one = idsOf(NumbersTable.dataset(ids).split(0.5, 1).train());
    Set<Long> two = idsOf(NumbersTable.dataset(ids).split(0.5, 2).train());
    one.retainAll(two);
    assertThat(one.size() / 100_000.0).as("seed %d", seed).isCloseTo(0.25, within(0.01));
  }

  @Test
  void digest_followsFromDataFractionAndSeed() {
    long[] ids = ids(100);
    Dataset data = NumbersTable.dataset(ids);
    Digest digest = data.split(0.5, 1).digest();
    assertThat(NumbersTable.dataset(ids).split(0.5, 1).digest()).isEqualTo(digest);
    assertThat(data.split(0.5, 1).train().digest()).isEqualTo(data.split(0.5, 1).train().digest());
    assertThat(data.split(0.5, 2).digest()).isNotEqualTo(digest);
    assertThat(data.split(0.6, 1).digest()).isNotEqualTo(digest);
    assertThat(NumbersTable.dataset(ids(99)).split(0.5, 1).digest()).isNotEqualTo(digest);
    assertThat(data.split(0.5, 1).train().digest())
        .isNotEqualTo(data.split(0.5, 1).test().digest());
  }

  @Test
  void writeTo_putsSplitAndPartsOfAllLevels() {
    Split outer = NumbersTable.dataset(ids(100)).split(0.5, 1);
    Split inner = outer.train().split(0.5, 1);
    Map<Digest, StoredObject> store = new HashMap<>();
    Digest digest =
        inner.writeTo(
            object -> {
              store.put(object.digest(), object);
              return object.digest();
            });
    assertThat(digest).isEqualTo(inner.digest());
    assertThat(store)
        .containsOnlyKeys(
            List.of(
                outer.digest(),
                outer.train().digest(),
                outer.test().digest(),
                inner.digest(),
                inner.train().digest(),
                inner.test().digest()));
    assertThat(target(store, inner.digest(), "data")).isEqualTo(outer.train().digest());
    assertThat(target(store, inner.train().digest(), "split")).isEqualTo(inner.digest());
  }

  private static Digest target(Map<Digest, StoredObject> store, Digest from, String edge) {
    return Objects.requireNonNull(store.get(from)).requireTarget(edge);
  }

  @Test
  void recipe_saysAllThatTheSplitFollowsFrom() {
    Dataset data = NumbersTable.dataset(ids(10));
    Split split = data.split(0.25, 42);
    assertThat(split.recipe().operation()).isEqualTo(Split.TYPE);
    assertThat(split.recipe().seed()).hasValue(42);
    assertThat(split.recipe().parameters().real("fraction")).isEqualTo(0.25);
    assertThat(split.recipe().inputs()).containsEntry("data", data.digest());
    assertThat(split.seed()).isEqualTo(42);
    assertThat(split.data()).isSameAs(data);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void fraction_notBetween0And1_isRefused(double fraction) {
    Dataset data = NumbersTable.dataset(ids(10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.split(fraction, 1))
        .withMessageContaining("trainFraction")
        .withMessageContaining(Double.toString(fraction));
  }
}
