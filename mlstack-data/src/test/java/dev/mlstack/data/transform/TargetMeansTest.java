package dev.mlstack.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.feature.DenseFeatures;
import dev.mlstack.core.feature.TargetMean;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetMeansTest {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("city", FieldType.TEXT),
          Field.of("price", FieldType.FLOAT64),
          Field.of("sold", FieldType.category(java.util.List.of("no", "yes"))));

  private static Table table(int rows, long seed) {
    Random random = new Random(seed);
    MemoryTable.Builder table = MemoryTable.builder(SCHEMA);
    for (int i = 0; i < rows; i++) {
      Object city = random.nextInt(10) == 0 ? null : "c" + random.nextInt(20);
      Object price = random.nextInt(20) == 0 ? null : random.nextGaussian() * 1e3 + 77;
      table.add(random.nextLong(), city, price, random.nextBoolean() ? "yes" : "no");
    }
    return table.build();
  }

  private static FittedPipeline fit(TargetMeans plan, Table table, String target) {
    return Features.categorical("city")
        .targetMean(plan)
        .fit(Cut.random(table, 3, 1), Set.of(target), 5, Execution.here());
  }

  /** Adds up the rows with equal city, but for those of a fold. */
  private static double expected(Table table, int row, int folds, double smoothing, int without) {
    double all = mean(table, row, folds, 0, 0, without, /* any= */ true);
    return mean(table, row, folds, smoothing, all, without, /* any= */ false);
  }

  private static double mean(
      Table table, int of, int folds, double weight, double value, int without, boolean any) {
    double sum = 0;
    double count = 0;
    String city = table.cursor().moveTo(of).text(0);
    for (int row = 0; row < table.rows(); row++) {
      double price = table.cursor().moveTo(row).number(1);
      boolean same = any || (city != null && city.equals(table.cursor().moveTo(row).text(0)));
      if (same && !Double.isNaN(price) && TargetMean.fold(5, folds, table.rowId(row)) != without) {
        sum += price;
        count++;
      }
    }
    return count + weight == 0 ? value : (sum + weight * value) / (count + weight);
  }

  @Test
  void trainingRows_areEncodedByTheOtherFolds_othersByAll() {
    Table table = table(600, 3);
    FittedPipeline pipeline = fit(TargetMeans.of("price").folds(4).smoothing(2.5), table, "price");
    DenseFeatures training = new DenseFeatures(1);
    DenseFeatures serving = new DenseFeatures(1);
    pipeline.applyToTraining(table, training);
    pipeline.apply(table, serving);
    for (int row = 0; row < table.rows(); row++) {
      int fold = TargetMean.fold(5, 4, table.rowId(row));
      assertThat((double) training.get(row, 0))
          .isCloseTo(expected(table, row, 4, 2.5, fold), within(1e-3));
      assertThat((double) serving.get(row, 0))
          .isCloseTo(expected(table, row, 4, 2.5, -1), within(1e-3));
    }
  }

  /** A feature of pure noise must not tell the label in the rows that are trained on. */
  @Test
  void noRowSeesItsOwnLabel() {
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
    Random random = new Random(8);
    for (int i = 0; i < 4000; i++) {
      builder.add(i, "unique " + i, random.nextGaussian(), "no");
    }
    Table table = builder.build();
    FittedPipeline pipeline = fit(TargetMeans.of("price").smoothing(0), table, "price");
    DenseFeatures training = new DenseFeatures(1);
    pipeline.applyToTraining(table, training);
    for (int row = 0; row < table.rows(); row++) {
      // Nobody else has the text, so nothing is left but the mean of the other folds.
      assertThat(Math.abs(training.get(row, 0))).isLessThan(0.1f);
    }
  }

  @Test
  void shareOfAClass_isTheMeanOfWhetherItIsSo() {
    Table table = table(500, 4);
    FittedPipeline pipeline = fit(TargetMeans.of("sold", "yes").smoothing(0), table, "sold");
    float[][] encoded = Fitting.encode(pipeline, table);
    for (int row = 0; row < 50; row++) {
      String city = table.cursor().moveTo(row).text(0);
      double yes = 0;
      double count = 0;
      for (int other = 0; other < table.rows(); other++) {
        if (city == null || city.equals(table.cursor().moveTo(other).text(0))) {
          yes += "yes".equals(table.cursor().moveTo(other).text(2)) ? 1 : 0;
          count++;
        }
      }
      assertThat((double) encoded[row][0]).isCloseTo(yes / count, within(1e-6));
    }
  }

  @Test
  void digest_dependsOnTheSeedAndNotOnTheCut() {
    Table table = table(5000, 9);
    Features plan = Features.categorical("city").targetMean(TargetMeans.of("price")).standardize();
    var one = plan.fit(Cut.whole(table), Set.of("price"), 1, Execution.here());
    var cut = plan.fit(Cut.random(table, 7, 2), Set.of("price"), 1, Execution.here());
    var other = plan.fit(Cut.whole(table), Set.of("price"), 2, Execution.here());
    assertThat(cut.digest()).isEqualTo(one.digest());
    assertThat(other.digest()).isNotEqualTo(one.digest());
  }

  @Test
  void plansThatLeakOrMakeNoSense_areRefused() {
    Table table = table(10, 1);
    assertThatThrownBy(() -> TargetMeans.of("price").folds(1))
        .hasMessage(
            "folds must be from 2 to 100 but was 1; without folds a row would see its own label");
    assertThatThrownBy(() -> TargetMeans.of("price").smoothing(-1))
        .hasMessageContaining("smoothing must be at least 0");
    assertThatThrownBy(() -> fit(TargetMeans.of("price"), table, "sold"))
        .hasMessageContaining("learns from column 'price', which is none of those");
    assertThatThrownBy(() -> fit(TargetMeans.of("sold"), table, "sold"))
        .hasMessageContaining("name the class to count");
    assertThatThrownBy(() -> fit(TargetMeans.of("prize"), table, "price"))
        .hasMessageContaining("did you mean 'price'?");
  }
}
