package dev.mlstack.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Seeds;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  /** Texts written by hand; the draws and digests computed in Python, after the documentation. */
  @Test
  void writeTo_hasItsCanonicalForm() {
    Split outer = NumbersTable.dataset(new long[] {1, 2, 3, 4, 5}).split(0.5, 7);
    Split inner = outer.train().split(0.5, 7);
    List<String> texts = new ArrayList<>();
    inner.writeTo(
        object -> {
          texts.add(new String(object.encoded(), StandardCharsets.UTF_8));
          return object.digest();
        });
    String one = "f13ee6ed54ea2aae9fc49a9faeb5da6e8ddef0e12ed5d30d35a624ae813e0485";
    assertThat(texts)
        .containsExactly(
            "mlstack content split/1\n"
                + "names data ea0d7246ca8346f6137619c0aaf7410ae4ffe69d1f0f702d6760e661de6df857\n\n"
                + "{\"depth\":0,\"fraction\":0.5,\"seed\":7,\"test\":{\"ids\":\""
                + "73e200e2b048c86d4e8c86b86bf62bbda84c7384e34e250b01aa30ab29d234a4"
                + "\",\"rows\":4},\"train\":{\"ids\":\""
                + one
                + "\",\"rows\":1}}",
            part("05167414b7749e7259a1b2913cb14eef782469bcf8938bd38f5e610d1891136b", "train", 1),
            part("05167414b7749e7259a1b2913cb14eef782469bcf8938bd38f5e610d1891136b", "test", 4),
            "mlstack content split/1\n"
                + "holds data 2b589ce2ec2855aeee2c241409b4f33a1d0076b6f6fca6d153210f82e0f3bac7\n\n"
                + "{\"depth\":1,\"fraction\":0.5,\"seed\":7,\"test\":{\"ids\":\""
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                + "\",\"rows\":0},\"train\":{\"ids\":\""
                + one
                + "\",\"rows\":1}}",
            part("fabd61530f1c9008e1cdb82cc6605c93f9147e0fca13876eec56e832acb75534", "train", 1),
            part("fabd61530f1c9008e1cdb82cc6605c93f9147e0fca13876eec56e832acb75534", "test", 0));
  }

  private static String part(String split, String name, int rows) {
    return "mlstack content part/1\nholds split "
        + split
        + "\n\n{\"part\":\""
        + name
        + "\",\"rows\":"
        + rows
        + "}";
  }

  @Test
  void partOf_isTheSplit_whereThereIsOne() {
    Dataset data = NumbersTable.dataset(ids(10));
    Split split = data.split(0.5, 1);
    assertThat(data.partOf()).isEmpty();
    assertThat(split.train().partOf()).containsSame(split);
    assertThat(split.test().partOf()).containsSame(split);
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
