package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.compute.RandomStream;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Evaluation;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.model.Metric;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);
  private static final Label<Classification<String>> LABEL =
      Label.classes("y", List.of("no", "yes"));
  private static final Schema SCHEMA = schema("y", FieldType.TEXT, 2);

  @AfterAll
  static void shutDown() {
    THREADS.shutdown();
  }

  private static Schema schema(String label, FieldType type, int answers) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      fields.add(Field.of("a" + i, FieldType.FLOAT64));
    }
    fields.add(Field.of(label, type).withRole(Role.LABEL));
    return Schema.of(fields);
  }

  private static MemoryTable table(int rows) {
    RandomStream random = RandomStream.of(5, "rows");
    MemoryTable.Builder table = MemoryTable.builder(SCHEMA);
    for (int row = 0; row < rows; row++) {
      double yes = Math.floor(random.uniform(2L * row) * 256) / 256;
      table.add(row, 1 - yes, yes, random.uniform(2L * row + 1) < yes ? "yes" : "no");
    }
    return table.build();
  }

  private static MemoryDataset data(Schema schema, @Nullable Object[]... rows) {
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int i = 0; i < rows.length; i++) {
      table.add(100 + i, rows[i]);
    }
    return MemoryDataset.of(table.build());
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  @Test
  void evaluate_namesModelDataAndRows() {
    MemoryDataset data = MemoryDataset.of(table(300));
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      Evaluation evaluation = Evaluator.evaluate(fitted, data, Execution.here());
      assertThat(evaluation.model()).isEqualTo(fitted.digest());
      assertThat(evaluation.data()).isEqualTo(data.digest());
      assertThat(evaluation.rows()).isEqualTo(300);
      assertThat(evaluation.level()).isEqualTo(0.95);
      assertThat(evaluation.main().name()).isEqualTo("auc");
      assertThat(evaluation.main().value()).isBetween(0.75, 0.92);
      assertThat(evaluation.curve("roc")).isPresent();
      assertThat(evaluation.curve("calibration")).isPresent();
    }
  }

  @Test
  void evaluate_givesTheSameBitsHoweverDataIsCutAndRun() {
    MemoryTable table = table(5000);
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      Digest expected =
          Evaluator.evaluate(fitted, MemoryDataset.of(table), Execution.here()).digest();
      for (int size : new int[] {1, 7, 1000, 1024, 1025, 4999}) {
        for (Execution execution :
            List.of(Execution.here(), Execution.on(THREADS, 1), Execution.on(THREADS, 4))) {
          Evaluation evaluation = Evaluator.evaluate(fitted, CutDataset.of(table, size), execution);
          assertThat(evaluation.digest()).isEqualTo(expected);
        }
      }
      EchoModel model = (EchoModel) fitted.model();
      assertThat(model.mostRows).hasValue(Answers.BLOCK_ROWS);
    }
  }

  @Test
  void blocks_ofVeryWideRows_haveFewer() {
    assertThat(Answers.blockRows(1)).isEqualTo(1024);
    assertThat(Answers.blockRows(1 << 14)).isEqualTo(1024);
    assertThat(Answers.blockRows(100_000)).isEqualTo(167);
    assertThat(Answers.blockRows(Integer.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void evaluate_agreesWithTheMetricsOfTheNumbers() {
    MemoryTable table = table(2500);
    double[] answers = new double[5000];
    double[] labels = new double[2500];
    for (int row = 0; row < 2500; row++) {
      answers[2 * row] = table.cursor().moveTo(row).number(0);
      answers[2 * row + 1] = table.cursor().moveTo(row).number(1);
      labels[row] = "yes".equals(table.cursor().moveTo(row).text(2)) ? 1 : 0;
    }
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      List<Metric> metrics =
          Evaluator.evaluate(fitted, MemoryDataset.of(table), Execution.on(THREADS, 3)).metrics();
      assertThat(metrics)
          .isEqualTo(OutputMetrics.of(LABEL.outputs().get(0), 2500, answers, labels, "").metrics());
    }
  }

  /** Several outputs. */
  record Home(double price, boolean sold, Size size) {}

  enum Size {
    SMALL,
    MEDIUM,
    LARGE
  }

  @Test
  void evaluate_ofSeveralOutputs_prefixesTheirColumns() {
    Label<?> label = Label.outputs(Home.class);
    List<Field> fields = new ArrayList<>(schema("x", FieldType.TEXT, 6).fields().subList(0, 6));
    fields.addAll(label.fields());
    Schema schema = Schema.of(fields);
    MemoryDataset data =
        data(
            schema,
            row(10.0, 0.75, 0.25, 0.5, 0.25, 0.25, 11.0, false, "SMALL"),
            row(20.0, 0.25, 0.75, 0.25, 0.5, 0.25, 20.0, true, "MEDIUM"),
            row(30.0, 0.5, 0.5, 0.0, 0.0, 1.0, 32.0, true, "SMALL"));
    try (FittedModel<?> fitted = EchoModel.fitted(label, schema)) {
      Evaluation evaluation = Evaluator.evaluate(fitted, data, Execution.here());
      assertThat(evaluation.main().name()).isEqualTo("price.rmse");
      assertThat(evaluation.metric("price.mae").value()).isCloseTo(1, offset(1e-15));
      assertThat(evaluation.metric("sold.auc").value()).isEqualTo(1);
      assertThat(evaluation.metric("size.accuracy").value()).isCloseTo(2 / 3.0, offset(1e-15));
      assertThat(evaluation.curve("sold.roc")).isPresent();
      assertThat(evaluation.metrics()).hasSize(3 + 7 + 4);
    }
  }

  @Test
  void evaluate_ofATensor_measuresItsNumbers() {
    Label<?> label = Label.tensor("t", 2);
    Schema schema = schema("t", FieldType.tensor(2), 2);
    MemoryDataset data =
        data(schema, row(1.0, 2.0, new float[] {1, 4}), row(3.0, 4.0, new float[] {3, 4}));
    try (FittedModel<?> fitted = EchoModel.fitted(label, schema)) {
      Evaluation evaluation = Evaluator.evaluate(fitted, data, Execution.here());
      assertThat(evaluation.metric("mae").value()).isEqualTo(0.5);
      assertThat(evaluation.metric("rmse").value()).isEqualTo(1);
    }
  }

  @Test
  void evaluate_withoutRows_isRefused() {
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Evaluator.evaluate(fitted, data(SCHEMA), Execution.here()))
          .withMessage("data must have at least 1 row but has none");
    }
  }

  @Test
  void evaluate_ofTooManyRows_isRefusedBeforeAnyIsRead() {
    Dataset huge = CutDataset.of(table(1), 1).withRows(3_000_000_000L);
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Evaluator.evaluate(fitted, huge, Execution.here()))
          .withMessageContaining("at most 1073741819 rows")
          .withMessageContaining("3000000000");
    }
  }

  @Test
  void evaluate_withoutTheLabelColumn_isRefused() {
    Schema unlabelled = Schema.of(SCHEMA.fields().subList(0, 2));
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> Evaluator.evaluate(fitted, data(unlabelled, row(0.5, 0.5)), Execution.here()))
          .withMessageContaining("'y'");
    }
  }

  @Test
  void evaluate_ofARowWithoutLabelOrWithAnImpossibleOne_namesTheRow() {
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(
              () ->
                  Evaluator.evaluate(
                      fitted,
                      data(SCHEMA, row(0.5, 0.5, "yes"), row(0.5, 0.5, null)),
                      Execution.here()))
          .withMessageContaining("row 101: label 'y' is missing");
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(
              () ->
                  Evaluator.evaluate(
                      fitted, data(SCHEMA, row(0.5, 0.5, "perhaps")), Execution.here()))
          .withMessageContaining("row 100")
          .withMessageContaining("'perhaps'");
    }
  }

  @Test
  void evaluate_ofATensorLabelThatIsNotFinite_namesTheRow() {
    Schema schema = schema("t", FieldType.tensor(2), 2);
    MemoryDataset data = data(schema, row(1.0, 2.0, new float[] {1, Float.POSITIVE_INFINITY}));
    try (FittedModel<?> fitted = EchoModel.fitted(Label.tensor("t", 2), schema)) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> Evaluator.evaluate(fitted, data, Execution.here()))
          .withMessageContaining("row 100")
          .withMessageContaining("finite");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, 1.1, Double.POSITIVE_INFINITY})
  void evaluate_ofAnImpossibleProbability_namesModelAndRow(double probability) {
    MemoryDataset data = data(SCHEMA, row(0.5, 0.5, "no"), row(0.5, probability, "yes"));
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      for (Execution execution : List.of(Execution.here(), Execution.on(THREADS, 2))) {
        assertThatExceptionOfType(ArithmeticException.class)
            .isThrownBy(() -> Evaluator.evaluate(fitted, data, execution))
            .withMessageContaining(fitted.model().digest().abbreviated())
            .withMessageContaining("row 101")
            .withMessageContaining("no probability");
      }
    }
  }

  @Test
  void evaluate_ofAnInfiniteNumber_isRefused() {
    Schema schema = schema("y", FieldType.FLOAT64, 1);
    MemoryDataset data = data(schema, row(Double.NEGATIVE_INFINITY, 1.0));
    try (FittedModel<?> fitted = EchoModel.fitted(Label.number("y"), schema)) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> Evaluator.evaluate(fitted, data, Execution.here()))
          .withMessageContaining("-Infinity")
          .withMessageContaining("not finite");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4999, 5001})
  void evaluate_ofDataThatMiscountsItsRows_isRefused(long rows) {
    Dataset data = CutDataset.of(table(5000), 700).withRows(rows);
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      assertThatThrownBy(() -> Evaluator.evaluate(fitted, data, Execution.on(THREADS, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("must have " + rows + " rows");
    }
  }

  @Test
  void evaluate_cancelled_ends() {
    AtomicInteger asked = new AtomicInteger();
    Execution execution =
        Execution.on(THREADS, 4).withCancellation(() -> asked.incrementAndGet() > 10);
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> Evaluator.evaluate(fitted, MemoryDataset.of(table(50_000)), execution))
          .withMessage("evaluate was cancelled");
      int scored = ((EchoModel) fitted.model()).scored.get();
      assertThat(scored).isLessThan(11);
    }
  }

  @Test
  void evaluate_thatFails_waitsForTasksUnderWay() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch released = new CountDownLatch(1);
    Execution execution =
        Execution.on(
            task ->
                THREADS.execute(
                    () -> {
                      started.countDown();
                      await(released);
                      task.run();
                    }),
            4);
    // The label of a row in the third block is missing, while the first two are being scored.
    MemoryTable.Builder rows = MemoryTable.builder(SCHEMA);
    for (int i = 0; i < 3000; i++) {
      rows.add(i, row(0.5, 0.5, i == 2500 ? null : "yes"));
    }
    MemoryDataset data = MemoryDataset.of(rows.build());
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      CompletableFuture<Integer> finishedAtTheEnd =
          CompletableFuture.supplyAsync(
              () -> {
                assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> Evaluator.evaluate(fitted, data, execution));
                return ((EchoModel) fitted.model()).scored.get();
              },
              THREADS);
      started.await();
      released.countDown();
      assertThat(finishedAtTheEnd.join()).isEqualTo(2);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void evaluate_reportsProgressSeldomAndToTheEnd() {
    List<Progress> reports = Collections.synchronizedList(new ArrayList<>());
    Execution execution = Execution.on(THREADS, 2).withListener(reports::add);
    try (FittedModel<?> fitted = EchoModel.fitted(LABEL, SCHEMA)) {
      Evaluator.evaluate(fitted, MemoryDataset.of(table(100_000)), execution);
    }
    assertThat(reports).hasSizeBetween(20, 60);
    assertThat(reports).extracting(Progress::done).isSorted().endsWith(100_000L);
    assertThat(reports).extracting(Progress::task).containsOnly("evaluate");
  }
}
