package dev.mlstack.core.fit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Split;
import org.junit.jupiter.api.Test;

/** Which rows are found to be among those that a model was trained on. */
class TrainingRowsTest {

  private static final Dataset DATA = data(1000);
  private static final Split SPLIT = DATA.split(0.7, 5);

  private static Dataset data(int rows) {
    MemoryTable.Builder table = MemoryTable.builder(Schema.of(Field.of("x", FieldType.FLOAT64)));
    for (int row = 0; row < rows; row++) {
      table.add(row, (double) row);
    }
    return MemoryDataset.of(table.build());
  }

  private static void assertUnseen(Dataset train, Dataset rows) {
    assertThatCode(() -> new TrainingRows(train).requireUnseen(rows)).doesNotThrowAnyException();
  }

  private static void assertSeen(Dataset train, Dataset rows, String why) {
    assertThatThrownBy(() -> new TrainingRows(train).requireUnseen(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why + " (" + train.digest().abbreviated() + ")")
        .hasMessageContaining("Evaluator.evaluate(model, rows, execution)");
  }

  @Test
  void otherPartOfTheSplit_isUnseen() {
    assertUnseen(SPLIT.train(), SPLIT.test());
    assertUnseen(SPLIT.test(), SPLIT.train());
  }

  @Test
  void partsOfBothParts_areUnseen_howeverTheyWereDivided() {
    assertUnseen(SPLIT.train().split(0.5, 1).train(), SPLIT.test().split(0.2, 9).train());
    assertUnseen(SPLIT.train().split(0.5, 1).train(), SPLIT.train().split(0.5, 1).test());
  }

  @Test
  void trainingData_isSeen_alsoWhereItWasMadeAgain() {
    assertSeen(DATA, DATA, "is the training data");
    assertSeen(DATA, data(1000), "is the training data");
    assertSeen(SPLIT.train(), data(1000).split(0.7, 5).train(), "is the training data");
  }

  @Test
  void partOfTheTrainingData_isSeen() {
    assertSeen(DATA, SPLIT.test(), "is a part of it");
    assertSeen(SPLIT.train(), SPLIT.train().split(0.5, 3).test().split(0.5, 3).test(), "of it");
  }

  @Test
  void whatTheTrainingDataIsPartOf_isSeen() {
    Split inner = SPLIT.train().split(0.8, 2);
    assertSeen(inner.train(), SPLIT.train(), "of which the training data is a part");
    assertSeen(inner.train(), DATA, "of which the training data is a part");
  }

  @Test
  void partOfAnotherSplit_isSeenIfItSharesARow() {
    assertSeen(SPLIT.train(), DATA.split(0.7, 6).test(), "which is of another split");
    // With the same seed the draws are the same, and so the larger training part has the smaller.
    assertSeen(SPLIT.train(), DATA.split(0.6, 5).test(), "which is of another split");
    assertUnseen(SPLIT.train(), DATA.split(0.8, 5).test());
  }

  @Test
  void otherData_isUnseen_thoughRowsHaveEqualIdentities() {
    assertUnseen(DATA, data(999));
    assertUnseen(SPLIT.train(), data(999).split(0.7, 5).train());
  }
}
