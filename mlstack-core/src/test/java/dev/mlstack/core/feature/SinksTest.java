package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.RandomTables;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SinksTest {

  static Stream<FittedPipeline> pipelines() {
    return Stream.concat(SamplePipelines.single(), Stream.of(SamplePipelines.mixed()));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void denseAndSparse_holdEqualBits_overSeveralTables(FittedPipeline pipeline) {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    int width = pipeline.layout().width();
    DenseFeatures dense = new DenseFeatures(width);
    SparseFeatures sparse = new SparseFeatures(width);
    for (int rows : new int[] {3, 0, 1, 700, 2, 0}) {
      Table table = RandomTables.of(pipeline.input(), rows, random.nextLong());
      pipeline.apply(table, dense);
      pipeline.apply(table, sparse);
      assertThat(sparse.rows()).isEqualTo(dense.rows());
    }
    assertThat(dense.rows()).isEqualTo(706);
    assertSame(dense, sparse, seed);
  }

  private static void assertSame(DenseFeatures dense, SparseFeatures sparse, long seed) {
    int entries = 0;
    for (int row = 0; row < dense.rows(); row++) {
      for (int slot = 0; slot < dense.width(); slot++) {
        float expected = dense.values()[row * dense.width() + slot];
        assertThat(Float.floatToRawIntBits(sparse.get(row, slot)))
            .as("seed %d, row %d, slot %d", seed, row, slot)
            .isEqualTo(Float.floatToRawIntBits(expected));
        assertThat(Float.floatToRawIntBits(dense.get(row, slot)))
            .isEqualTo(Float.floatToRawIntBits(expected));
        entries += expected == 0 ? 0 : 1;
      }
      for (int entry = sparse.offsets()[row] + 1; entry < sparse.offsets()[row + 1]; entry++) {
        assertThat(sparse.slots()[entry]).isGreaterThan(sparse.slots()[entry - 1]);
      }
    }
    assertThat(sparse.entries()).isEqualTo(entries);
    assertThat(sparse.offsets()[0]).isZero();
    assertThat(sparse.offsets()[sparse.rows()]).isEqualTo(entries);
  }

  @Test
  void numbersInAnyOrderOfSlotsAndRows_endUpInTheirPlaces() {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    DenseFeatures dense = new DenseFeatures(7);
    SparseFeatures sparse = new SparseFeatures(7);
    for (int turn = 0; turn < 20; turn++) {
      int rows = random.nextInt(10);
      dense.begin(rows);
      sparse.begin(rows);
      for (int slot : new int[] {5, 0, 6, 3}) {
        for (int row = rows - 1; row >= 0; row--) {
          float[] value = {random.nextInt(3) - 1};
          dense.numbers(slot, row, value, 1);
          sparse.numbers(slot, row, value, 1);
        }
      }
      int[] offsets = random.ints(rows, -1, 2).toArray();
      dense.indicators(1, 0, offsets, rows);
      sparse.indicators(1, 0, offsets, rows);
    }
    assertSame(dense, sparse, seed);
  }

  @Test
  void clearedFeatures_areEmptyAndCanBeFilledAgain() {
    DenseFeatures dense = new DenseFeatures(2);
    SparseFeatures sparse = new SparseFeatures(2);
    for (int turn = 0; turn < 3; turn++) {
      dense.clear();
      sparse.clear();
      assertThat(dense.rows()).isZero();
      assertThat(sparse.rows()).isZero();
      assertThat(sparse.entries()).isZero();
      dense.begin(2);
      sparse.begin(2);
      dense.numbers(turn % 2, 0, new float[] {1, 2}, 2);
      sparse.numbers(turn % 2, 0, new float[] {1, 2}, 2);
      assertSame(dense, sparse, 0);
    }
  }

  @Test
  void sparse_knowsItsRowsWhileATableIsUnderWay() {
    SparseFeatures sparse = new SparseFeatures(1);
    sparse.begin(5);
    assertThat(sparse.rows()).isEqualTo(5);
    sparse.numbers(0, 4, new float[] {Float.NaN}, 1);
    assertThat(sparse.get(4, 0)).isNaN();
    assertThat(sparse.get(3, 0)).isZero();
    assertThat(sparse.entries()).isEqualTo(1);
  }

  static Stream<FeatureSink> sinks() {
    return Stream.of(new DenseFeatures(3), new SparseFeatures(3));
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void whatLiesOutside_isRefused(FeatureSink sink) {
    sink.begin(2);
    float[] two = {1, 1};
    assertThatThrownBy(() -> sink.numbers(3, 0, two, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> sink.numbers(0, 1, two, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> sink.numbers(-1, 0, two, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> sink.indicators(0, 2, new int[] {0}, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void tooMuchForOneArray_isRefusedWithTheNumbers() {
    DenseFeatures dense = new DenseFeatures(100_000);
    assertThatThrownBy(() -> dense.begin(30_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30000 rows of width 100000");
    assertThatThrownBy(() -> new DenseFeatures(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must be at least 0 but was -1");
    assertThatThrownBy(() -> new SparseFeatures(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must be at least 0 but was -1");
  }
}
