package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Rounds;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryExamplesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 4095, 4096, 4097, 8192, 10_000})
  void build_cutsBlocksAtFixedBorders(int rows) {
    MemoryExamples examples = ExampleData.numbers(rows);
    assertThat(examples.rows()).isEqualTo(rows);
    assertThat(examples.blocks()).isEqualTo((rows + 4095) / 4096);
    int row = 0;
    for (int i = 0; i < examples.blocks(); i++) {
      ExampleBlock block = examples.block(i);
      boolean last = i == examples.blocks() - 1;
      assertThat(block.rows()).isEqualTo(last ? rows - row : Rounds.BLOCK_ROWS);
      assertThat(block.features()).hasSize(block.rows());
      assertThat(block.labels()).hasSize(block.rows());
      assertThat(block.weights()).hasSize(block.rows());
      for (int k = 0; k < block.rows(); k++) {
        assertThat(block.rowIds()[k]).isEqualTo(row);
        assertThat(block.features()[k]).isEqualTo(row);
        assertThat(block.labels()[k]).isEqualTo(row++);
      }
    }
  }

  @Test
  void build_withoutExamples_hasNoBlocks() {
    MemoryExamples none = ExampleData.builder(ExampleData.signature(1, ExampleData.NUMBER)).build();
    assertThat(none.rows()).isZero();
    assertThat(none.blocks()).isZero();
  }

  @Test
  void addAll_isAddingOneByOne() {
    MemoryExamples once = ExampleData.numbers(5000);
    MemoryExamples.Builder builder = ExampleData.builder(once.signature());
    for (int i = 0; i < once.blocks(); i++) {
      builder.addAll(once.block(i));
    }
    assertThat(builder.build().digest()).isEqualTo(once.digest());
  }

  @Test
  void digest_changesWithWhateverChanges() {
    Signature signature = ExampleData.signature(2, ExampleData.NUMBER);
    assertThat(
            List.of(
                digest(signature, b -> b.add(1, new float[] {1, 2}, 0, new double[] {3}, 1)),
                digest(signature, b -> b.add(2, new float[] {1, 2}, 0, new double[] {3}, 1)),
                digest(signature, b -> b.add(1, new float[] {1, 3}, 0, new double[] {3}, 1)),
                digest(signature, b -> b.add(1, new float[] {1, 2}, 0, new double[] {4}, 1)),
                digest(signature, b -> b.add(1, new float[] {1, 2}, 0, new double[] {3}, 2)),
                digest(signature, b -> {}),
                digest(
                    ExampleData.signature(2, ExampleData.TWO),
                    b -> b.add(1, new float[] {1, 2}, 0, new double[] {1}, 1))))
        .doesNotHaveDuplicates();
  }

  @Test
  void digest_ofEqualExamples_isEqual_andFrozen() {
    MemoryExamples examples = ExampleData.numbers(4097);
    assertThat(examples.digest()).isEqualTo(ExampleData.numbers(4097).digest());
    assertThat(examples.digest()).isSameAs(examples.digest());
    assertThat(examples.digest().hex())
        .isEqualTo("dde8b07a9f62b7ae020b8462c854904d53802f8ed2ac3c1c4fbbe2bb0713ad77");
  }

  @Test
  void digest_knowsOneNaN() {
    Signature signature = ExampleData.signature(1, ExampleData.NUMBER);
    float other = Float.intBitsToFloat(0x7fc01234);
    assertThat(digest(signature, b -> b.add(1, new float[] {other}, 0, new double[] {3}, 1)))
        .isEqualTo(
            digest(signature, b -> b.add(1, new float[] {Float.NaN}, 0, new double[] {3}, 1)));
  }

  private static Digest digest(Signature signature, Consumer<MemoryExamples.Builder> add) {
    MemoryExamples.Builder builder = ExampleData.builder(signature);
    add.accept(builder);
    return builder.build().digest();
  }

  @Test
  void add_ofAnImpossibleLabel_isRefusedNamingRowAndColumn() {
    refuse(
        ExampleData.signature(1, ExampleData.THREE), 3, 1, "'three' of row 77 must be the index");
    refuse(ExampleData.signature(1, ExampleData.THREE), -1, 1, "one of 3 classes but is -1.0");
    refuse(ExampleData.signature(1, ExampleData.THREE), 0.5, 1, "but is 0.5");
    refuse(ExampleData.signature(1, ExampleData.THREE), Double.NaN, 1, "but is NaN");
    refuse(
        ExampleData.signature(1, ExampleData.NUMBER), Double.NaN, 1, "must be finite but is NaN");
  }

  @Test
  void add_ofAnImpossibleWeight_isRefusedNamingTheRow() {
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refuse(
          ExampleData.signature(1, ExampleData.NUMBER),
          1,
          weight,
          "weight of row 77 must be finite and not negative but is " + weight);
    }
  }

  private static void refuse(Signature signature, double label, double weight, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                ExampleData.builder(signature)
                    .add(77, new float[] {1}, 0, new double[] {label}, weight))
        .withMessageContaining(message);
  }

  @Test
  void builder_ofASignatureThatDoesNotFitTheLayout_isRefused() {
    Signature signature = ExampleData.signature(2, ExampleData.NUMBER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryExamples.builder(signature, ExampleData.layout(3)))
        .withMessage("the signature has 2 inputs but the layout 3 slots");
  }
}
