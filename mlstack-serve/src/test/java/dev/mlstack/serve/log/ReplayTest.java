package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.serve.EndpointInput;
import dev.mlstack.serve.MemoryLog;
import dev.mlstack.serve.Shop;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.table.Row;
import dev.mlstack.table.TableCursor;
import dev.mlstack.testkit.RandomTables;
import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private static final Label<Classification<Boolean>> LABEL = Label.flag("late");
  private static final Schema WIDER =
      Schema.of(
          Field.of("note", FieldType.TEXT),
          Field.of("color", FieldType.TEXT),
          Field.of("income", FieldType.FLOAT64),
          Field.of("age", FieldType.INT32));

  private final Shop shop = new Shop();
  private final Execution here = Execution.here();
  private final ModelVersion one = shop.linear(LABEL, 1);
  private final ModelVersion two = shop.linear(LABEL, 2);

  private Endpoint<Row, Classification<Boolean>> open(Schema schema, StoredPredictionLog log) {
    return Endpoint.open(
        "credit", EndpointInput.rows(schema), LABEL, shop.store, shop.releases, log);
  }

  /** Answers nasty inputs with two models under two schemas. */
  private void serve(StoredPredictionLog log, int rows, long seed) {
    shop.releases.deploy("credit", Map.of(one, 0.5, two, 0.5), Shop.ADA);
    try (var left = open(Shop.INPUT, log);
        var right = open(WIDER, log)) {
      TableCursor fitted = RandomTables.of(Shop.INPUT, rows, seed).cursor();
      TableCursor wider = RandomTables.of(WIDER, rows, seed).cursor();
      while (fitted.next() && wider.next()) {
        left.predict(fitted);
        right.predict(wider);
      }
    }
    log.flush();
  }

  @Test
  void anUntouchedLog_isAnsweredWithEqualBits_beforeAndAfterItIsReadFromTheStore() {
    long seed = Seeds.next();
    try (StoredPredictionLog log = StoredPredictionLog.open(shop.store, shop.refs, "test")) {
      serve(log, 1500, seed);
      Replay.Result result = Replay.run(log, "credit", shop.store, here);
      assertThat(result).as("seed %d", seed).isEqualTo(new Replay.Result(3000, 3000, List.of()));
      assertThat(result).hasToString("replayed 3000 of 3000 predictions with equal bits");
    }
    try (StoredPredictionLog again = StoredPredictionLog.open(shop.store, shop.refs, "test")) {
      assertThat(Replay.run(again, "credit", shop.store, here).equal()).isEqualTo(3000);
      assertThat(Replay.run(again, "nothing", shop.store, here))
          .isEqualTo(new Replay.Result(0, 0, List.of()));
    }
  }

  private List<LoggedPrediction> served(int rows) {
    MemoryLog log = new MemoryLog();
    shop.releases.deploy("credit", one, Shop.ADA);
    try (var endpoint =
        Endpoint.open(
            "credit", EndpointInput.rows(Shop.INPUT), LABEL, shop.store, shop.releases, log)) {
      for (int i = 0; i < rows; i++) {
        endpoint.predict(ValuesRow.of(Shop.INPUT, (double) i, 0.5f, "red"));
      }
    }
    return log.entries();
  }

  private static LoggedPrediction with(LoggedPrediction entry, Digest model, double[] outputs) {
    return new LoggedPrediction(
        entry.id(),
        entry.endpoint(),
        entry.release(),
        model,
        entry.input(),
        outputs,
        entry.nanos());
  }

  private static MemoryLog logOf(List<LoggedPrediction> entries) {
    MemoryLog log = new MemoryLog();
    entries.forEach(log::append);
    return log;
  }

  @Test
  void changedEntries_areReportedWithTheirIdentities() {
    List<LoggedPrediction> entries = new ArrayList<>(served(10));
    LoggedPrediction nudged = entries.get(3);
    double up = Math.nextUp(nudged.outputs()[1]);
    entries.set(3, with(nudged, nudged.fittedModel(), new double[] {nudged.outputs()[0], up}));
    LoggedPrediction other = entries.get(5);
    entries.set(5, with(other, two.fittedModel(), other.outputs()));
    LoggedPrediction shorter = entries.get(7);
    entries.set(7, with(shorter, shorter.fittedModel(), new double[] {1}));

    Replay.Result result = Replay.run(logOf(entries), "credit", shop.store, here);
    assertThat(result).hasToString("replayed 7 of 10 predictions with equal bits");
    assertThat(result.differences())
        .extracting(Replay.Difference::id)
        .containsExactly(nudged.id(), other.id(), shorter.id());
    assertThat(result.differences().get(0).logged()).contains(up);
    assertThat(result.differences().get(0).replayed()).isEqualTo(nudged.outputs());
  }

  @Test
  void ofManyDifferences_theFirstHundredAreKept() {
    List<LoggedPrediction> entries =
        served(150).stream()
            .map(entry -> with(entry, entry.fittedModel(), new double[] {0, Double.NaN}))
            .toList();
    Replay.Result result = Replay.run(logOf(entries), "credit", shop.store, here);
    assertThat(result.equal()).isZero();
    assertThat(result.differences()).hasSize(100);
    assertThat(result.differences().get(99).id()).isEqualTo(entries.get(99).id());
  }

  @Test
  void aModelThatIsGone_isNamed() {
    Digest gone = Digest.of(new byte[] {7});
    List<LoggedPrediction> entries =
        served(1).stream().map(entry -> with(entry, gone, entry.outputs())).toList();
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> Replay.run(logOf(entries), "credit", shop.store, here))
        .withMessageContaining(gone.hex());
  }

  @Test
  void cancellation_endsIt() {
    MemoryLog log = logOf(served(50));
    AtomicInteger asked = new AtomicInteger();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                Replay.run(
                    log,
                    "credit",
                    shop.store,
                    here.withCancellation(() -> asked.incrementAndGet() > 20)))
        .withMessage("replay credit was cancelled");
    assertThat(asked).hasValue(21);
  }

  @Test
  void progress_isReported() {
    MemoryLog log = logOf(served(2500));
    List<Progress> heard = new ArrayList<>();
    Replay.run(log, "credit", shop.store, here.withListener(heard::add));
    assertThat(heard)
        .containsExactly(
            Progress.of("replay credit", 1024, Progress.UNKNOWN),
            Progress.of("replay credit", 2048, Progress.UNKNOWN),
            Progress.of("replay credit", 2500, 2500));
  }
}
