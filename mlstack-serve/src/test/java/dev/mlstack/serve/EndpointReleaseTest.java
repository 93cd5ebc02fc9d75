package dev.mlstack.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.model.IncompatibleModelException;
import dev.mlstack.model.Label;
import dev.mlstack.model.Regression;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.Prediction;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.table.Row;
import dev.mlstack.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint follows its release, and closes each model once and never while it works. */
class EndpointReleaseTest {

  private static final Label<Regression> LABEL = Label.number("price");
  private static final Row ROW = ValuesRow.of(Shop.INPUT, 52.0, 2f, "red");
  private static final int THREADS = 4;
  private static final Duration RARELY = Duration.ofHours(1);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Shop shop = new Shop();
  private final MemoryLog log = new MemoryLog(1000);
  private final Set<Digest> lost = ConcurrentHashMap.newKeySet();
  private final Set<Digest> damaged = ConcurrentHashMap.newKeySet();
  private final Set<Digest> withoutClasses = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void nothingIsOpen() {
    GuardedModel.reset();
  }

  @AfterEach
  void everyModelIsClosedOnceAndNotWhileItWorked() {
    assertThat(GuardedModel.OPEN).hasValue(0);
    assertThat(GuardedModel.FAULTS).hasValue(0);
  }

  private Endpoint<Row, Regression> open(Duration check) {
    ObjectSource objects =
        digest -> {
          if (lost.contains(digest)) {
            throw new ObjectNotFoundException(digest, "a test");
          } else if (damaged.contains(digest)) {
            throw new CorruptObjectException(digest, "a test");
          } else if (withoutClasses.contains(digest)) {
            throw new NoClassDefFoundError("some/native/Library");
          }
          return shop.store.get(digest);
        };
    return Endpoint.open(
        "credit", EndpointInput.rows(Shop.INPUT), LABEL, objects, shop.releases, log, check);
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as("waited too long").isLessThan(PATIENCE_NANOS);
      Thread.onSpinWait();
    }
  }

  private Release deploy(double factor) {
    return shop.releases.deploy("credit", shop.guarded(LABEL, factor), Shop.ADA);
  }

  @Test
  void deploymentsAndRollbacks_areFollowedInTheBackground() {
    Release first = deploy(1);
    try (var endpoint = open(RARELY)) {
      Prediction<Regression> one = endpoint.predict(ROW);
      assertThat(one.value().value()).isEqualTo(1 + 2 + 1);
      assertThat(one.release()).isEqualTo(first.digest());

      Release second = deploy(2);
      await(() -> endpoint.release().equals(second));
      Prediction<Regression> two = endpoint.predict(ROW);
      assertThat(two.value().value()).isEqualTo(8);
      assertThat(two.release()).isEqualTo(second.digest());
      await(() -> GuardedModel.OPEN.get() == 1);

      shop.releases.rollback("credit", Shop.ADA);
      await(() -> endpoint.release().equals(first));
      assertThat(endpoint.predict(ROW).value().value()).isEqualTo(4);
      assertThat(endpoint.problem()).isEmpty();
    }
  }

  @Test
  void movesWhileThreadsPredict_failNoAnswer() throws Exception {
    List<ModelVersion> versions = new ArrayList<>();
    for (int factor = 1; factor <= 4; factor++) {
      versions.add(shop.guarded(LABEL, factor));
    }
    shop.releases.deploy("credit", versions.get(0), Shop.ADA);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (var endpoint = open(RARELY)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(threads.submit(() -> predictUntil(endpoint, done)));
      }
      for (int move = 1; move <= Seeds.repetitions(60, 1000); move++) {
        ModelVersion version = versions.get(move % 4);
        if (move % 5 == 4) {
          shop.releases.rollback("credit", Shop.ADA);
        } else if (move % 7 == 6) {
          Map<ModelVersion, Double> shares =
              Map.of(version, 0.5, versions.get((move + 1) % 4), 0.5);
          shop.releases.deploy("credit", shares, Shop.ADA);
        } else {
          shop.releases.deploy("credit", version, Shop.ADA);
        }
        if (move % 3 == 0) {
          Release live = shop.releases.live("credit").orElseThrow();
          await(() -> endpoint.release().equals(live));
        }
      }
      done.set(true);
      for (Future<Long> thread : running) {
        assertThat(thread.get()).isPositive();
      }
      assertThat(endpoint.refresh()).isEqualTo(shop.releases.live("credit").orElseThrow());
      assertThat(endpoint.problem()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
    assertThat(GuardedModel.OPENED.get()).isGreaterThan(10);
    for (LoggedPrediction entry : log.entries()) {
      assertThat(entry.outputs()[0]).isIn(4.0, 8.0, 12.0, 16.0);
    }
  }

  private static long predictUntil(Endpoint<Row, Regression> endpoint, AtomicBoolean done) {
    long answers = 0;
    while (!done.get() || answers == 0) {
      assertThat(endpoint.predict(ROW).value().value()).isIn(4.0, 8.0, 12.0, 16.0);
      answers++;
    }
    return answers;
  }

  @Test
  void closingWhileThreadsPredict_letsAnswersFinish_andRefusesTheRest() throws Exception {
    for (int round = 0; round < Seeds.repetitions(30, 500); round++) {
      deploy(1);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        var endpoint = open(RARELY);
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          running.add(threads.submit(() -> predictUntilClosed(endpoint)));
        }
        int wanted = log.appended() + round;
        await(() -> log.appended() >= wanted);
        endpoint.close();
        long answers = 0;
        for (Future<Long> thread : running) {
          answers += thread.get();
        }
        assertThat(log.appended()).isGreaterThanOrEqualTo((int) answers);
        assertThat(GuardedModel.OPEN).hasValue(0);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static long predictUntilClosed(Endpoint<Row, Regression> endpoint) {
    long answers = 0;
    try {
      while (true) {
        endpoint.predict(ROW);
        answers++;
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("endpoint 'credit' is closed; open another one");
      return answers;
    }
  }

  @Test
  void aReleaseThatCannotBeLoaded_leavesTheOldOne_untilItIsRepaired() {
    Release first = deploy(1);
    try (var endpoint = open(RARELY)) {
      ModelVersion version = shop.guarded(LABEL, 2);
      damaged.add(version.fittedModel());
      Release second = shop.releases.deploy("credit", version, Shop.ADA);
      await(() -> endpoint.problem().isPresent());
      assertThat(endpoint.problem().orElseThrow())
          .isInstanceOf(CorruptObjectException.class)
          .hasMessageContaining(version.fittedModel().hex());
      assertThat(endpoint.release()).isEqualTo(first);
      assertThat(endpoint.predict(ROW).value().value()).isEqualTo(4);
      assertThatExceptionOfType(CorruptObjectException.class).isThrownBy(endpoint::refresh);

      damaged.clear();
      assertThat(endpoint.refresh()).isEqualTo(second);
      assertThat(endpoint.problem()).isEmpty();
      assertThat(endpoint.predict(ROW).value().value()).isEqualTo(8);
    }
  }

  @Test
  void aReleaseThatIsRepaired_isFoundWithoutBeingTold() {
    deploy(1);
    try (var endpoint = open(Duration.ofMillis(1))) {
      ModelVersion version = shop.guarded(LABEL, 3);
      Digest model = shop.store.get(version.fittedModel()).requireTarget("model");
      lost.add(model);
      Release second = shop.releases.deploy("credit", version, Shop.ADA);
      await(() -> endpoint.problem().isPresent());
      assertThat(endpoint.problem().orElseThrow())
          .isInstanceOf(ObjectNotFoundException.class)
          .hasMessageContaining(model.hex());
      lost.clear();
      await(() -> endpoint.release().equals(second));
      await(() -> endpoint.problem().isEmpty());
    }
  }

  @Test
  void anError_leavesTheOldRelease_andDoesNotEndTheLooking() {
    Release first = deploy(1);
    try (var endpoint = open(Duration.ofMillis(1))) {
      ModelVersion version = shop.guarded(LABEL, 3);
      withoutClasses.add(version.fittedModel());
      Release second = shop.releases.deploy("credit", version, Shop.ADA);
      await(() -> endpoint.problem().isPresent());
      assertThat(endpoint.problem().orElseThrow())
          .hasMessageContaining("some/native/Library")
          .hasCauseInstanceOf(NoClassDefFoundError.class);
      assertThat(endpoint.release()).isEqualTo(first);
      withoutClasses.clear();
      await(() -> endpoint.release().equals(second));
      await(() -> endpoint.problem().isEmpty());
    }
  }

  @Test
  void aRollbackFromWhatCannotBeLoaded_endsTheProblem() {
    Release first = deploy(1);
    try (var endpoint = open(RARELY)) {
      ModelVersion version = shop.guarded(LABEL, 2);
      lost.add(version.fittedModel());
      shop.releases.deploy("credit", version, Shop.ADA);
      await(() -> endpoint.problem().isPresent());
      shop.releases.rollback("credit", Shop.ADA);
      await(() -> endpoint.problem().isEmpty());
      assertThat(endpoint.release()).isEqualTo(first);
    }
  }

  @Test
  void aReleaseOfWhichOneModelCannotBeLoaded_leavesNothingOpen() {
    deploy(1);
    try (var endpoint = open(RARELY)) {
      ModelVersion good = shop.guarded(LABEL, 2);
      ModelVersion bad = shop.guarded(LABEL, 3);
      lost.add(bad.fittedModel());
      shop.releases.deploy("credit", Map.of(good, 0.5, bad, 0.5), Shop.ADA);
      await(() -> endpoint.problem().isPresent());
      assertThat(GuardedModel.OPEN).hasValue(1);
    }
  }

  @Test
  void aReleaseThatAnswersSomethingElse_isRefused() {
    Release first = deploy(1);
    try (var endpoint = open(RARELY)) {
      shop.releases.deploy("credit", shop.linear(Label.flag("late"), 1), Shop.ADA);
      await(() -> endpoint.problem().isPresent());
      assertThat(endpoint.problem().orElseThrow())
          .isInstanceOf(IncompatibleModelException.class)
          .hasMessageContaining("late")
          .hasMessageContaining("price");
      assertThat(endpoint.release()).isEqualTo(first);
    }
  }

  @Test
  void openingThatFails_leavesNothingOpen() {
    ModelVersion good = shop.guarded(LABEL, 2);
    ModelVersion bad = shop.guarded(LABEL, 3);
    shop.releases.deploy("credit", Map.of(good, 0.5, bad, 0.5), Shop.ADA);
    lost.add(bad.fittedModel());
    assertThatThrownBy(() -> open(RARELY)).isInstanceOf(ObjectNotFoundException.class);
    lost.clear();
    shop.refs.close();
    assertThatThrownBy(() -> open(RARELY)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMoveByAnotherProcess_isFollowed(@TempDir Path directory) throws Exception {
    try (DirectoryStore store = DirectoryStore.open(directory);
        DirectoryRefs refs = DirectoryRefs.open(directory);
        DirectoryRefs elsewhere = DirectoryRefs.open(directory)) {
      Shop here = new Shop(store, refs);
      Shop there = new Shop(store, elsewhere);
      there.releases.deploy("credit", there.guarded(LABEL, 1), Shop.ADA);
      try (var endpoint =
          Endpoint.open(
              "credit", EndpointInput.rows(Shop.INPUT), LABEL, store, here.releases, log)) {
        Release second = there.releases.deploy("credit", there.guarded(LABEL, 2), Shop.ADA);
        await(() -> endpoint.release().equals(second));
        assertThat(endpoint.predict(ROW).value().value()).isEqualTo(8);
      }
    }
  }
}
