package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link PredictionLog}. */
public abstract class PredictionLogKit {

  private static final Schema EVERY_TYPE = RandomTables.everyType();
  private static final Schema SMALL = Schema.of(Field.of("age", FieldType.FLOAT64).required());
  private static final int THREADS = 4;

  private final long seed = Seeds.next();
  private final List<PredictionLog> opened = new ArrayList<>();

  /** For those who extend this. */
  protected PredictionLogKit() {}

  /**
   * Opens the log under test, which is empty when a test begins. Every further call in a test opens
   * the same log once more, also while others are open. The kit closes what it has opened.
   */
  protected abstract PredictionLog open() throws IOException;

  /** Frees what the logs of a test rest on, after the last of them is closed. */
  protected void closeStore() {}

  private PredictionLog openLog() throws IOException {
    PredictionLog log = open();
    opened.add(log);
    return log;
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(PredictionLog::close);
    closeStore();
  }

  private List<LoggedPrediction> entries(String endpoint, Schema schema, int width, int count) {
    return RandomPredictions.of(endpoint, schema, width, count, 1000, seed);
  }

  private static List<LoggedPrediction> all(PredictionLog log, String endpoint) {
    List<LoggedPrediction> all = new ArrayList<>();
    log.forEach(endpoint, all::add);
    return all;
  }

  private static void assertKept(PredictionLog log, List<LoggedPrediction> sorted) {
    RandomPredictions.assertSame(all(log, sorted.get(0).endpoint()), sorted);
    for (LoggedPrediction entry : sorted) {
      Optional<LoggedPrediction> found = log.find(entry.id());
      assertThat(found).isPresent();
      RandomPredictions.assertSame(found.get(), entry);
    }
  }

  private static List<LoggedPrediction> sorted(List<LoggedPrediction> entries) {
    return entries.stream().sorted(Comparator.comparing(LoggedPrediction::id)).toList();
  }

  @Test
  final void anEmptyLog_hasNothing() throws IOException {
    PredictionLog log = openLog();
    log.flush();
    assertThat(all(log, "credit")).isEmpty();
    assertThat(log.find(new PredictionId(1, 2))).isEmpty();
  }

  @Test
  final void entriesOfEveryType_areFoundOnceFlushed_alsoByOthersOnceClosed() throws IOException {
    List<LoggedPrediction> entries = entries("credit", EVERY_TYPE, 3, 200);
    PredictionLog log = openLog();
    entries.forEach(log::append);
    log.flush();
    assertKept(log, entries);
    assertThat(log.find(new PredictionId(999, 0))).isEmpty();
    assertThat(log.find(new PredictionId(1001, entries.get(1).id().low() + 1))).isEmpty();
    assertThat(all(log, "other")).isEmpty();
    log.close();
    assertKept(openLog(), entries);
  }

  @Test
  final void whatWasNotFlushed_isKeptByClosing() throws IOException {
    List<LoggedPrediction> entries = entries("credit", SMALL, 1, 20);
    PredictionLog log = openLog();
    entries.forEach(log::append);
    log.close();
    assertKept(openLog(), entries);
  }

  @Test
  final void entriesOfManyShapesAndEndpoints_areKeptApart() throws IOException {
    List<LoggedPrediction> credit =
        Stream.of(
                RandomPredictions.of("credit", EVERY_TYPE, 2, 30, 0, seed),
                RandomPredictions.of("credit", SMALL, 2, 30, 0, seed + 1),
                RandomPredictions.of("credit", SMALL, 10, 30, 15, seed + 2),
                RandomPredictions.of("credit", SMALL, 0, 5, 7, seed + 3))
            .flatMap(List::stream)
            .toList();
    List<LoggedPrediction> fraud = RandomPredictions.of("fraud", SMALL, 1, 30, 0, seed + 4);
    List<LoggedPrediction> mixed = new ArrayList<>(credit);
    mixed.addAll(fraud);
    Collections.shuffle(mixed, new Random(seed));
    PredictionLog log = openLog();
    for (int i = 0; i < mixed.size(); i++) {
      log.append(mixed.get(i));
      if (i % 40 == 0) {
        log.flush();
      }
    }
    log.flush();
    assertKept(log, sorted(credit));
    assertKept(log, fraud);
    log.close();
    PredictionLog again = openLog();
    assertKept(again, sorted(credit));
    assertKept(again, fraud);
  }

  @Test
  final void severalThreads_appendAtOnce() throws IOException {
    PredictionLog log = openLog();
    List<LoggedPrediction> appended =
        Together.run(THREADS, thread -> () -> appendSome(log, thread)).stream()
            .flatMap(List::stream)
            .toList();
    log.flush();
    assertKept(log, sorted(appended));
    log.close();
    assertKept(openLog(), sorted(appended));
  }

  private List<LoggedPrediction> appendSome(PredictionLog log, int thread) {
    List<LoggedPrediction> mine =
        RandomPredictions.of("credit", thread % 2 == 0 ? SMALL : EVERY_TYPE, 1, 200, 0, thread);
    for (int i = 0; i < mine.size(); i++) {
      log.append(mine.get(i));
      if (i % 50 == 10) {
        log.flush();
        assertThat(log.find(mine.get(i).id())).isPresent();
      }
    }
    return mine;
  }

  @Test
  final void readers_seeWhatIsFlushed_inOrderAndOnce_whileOthersAppend() throws Exception {
    PredictionLog log = openLog();
    CountDownLatch done = new CountDownLatch(1);
    List<LoggedPrediction> entries = entries("credit", SMALL, 1, 400);
    List<Callable<Integer>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          for (int i = 0; i < entries.size(); i++) {
            log.append(entries.get(i));
            if (i % 20 == 0) {
              log.flush();
              assertThat(all(log, "credit")).hasSizeGreaterThanOrEqualTo(i + 1);
            }
          }
          log.flush();
          done.countDown();
          return entries.size();
        });
    tasks.add(
        () -> {
          int seen = 0;
          while (done.getCount() > 0) {
            List<PredictionId> ids = all(log, "credit").stream().map(LoggedPrediction::id).toList();
            assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(seen);
            seen = ids.size();
          }
          return all(log, "credit").size();
        });
    assertThat(Together.run(2, tasks::get)).containsOnly(entries.size());
  }

  @Test
  final void anEntryWhoseAppendReturned_isKept_alsoIfTheLogIsClosedMeanwhile() throws IOException {
    for (int round = 0; round < 10; round++) {
      PredictionLog log = openLog();
      long first = 1000L * round;
      List<List<PredictionId>> appended =
          Together.run(THREADS, thread -> () -> appendUntilClosed(log, thread, first));
      PredictionLog again = openLog();
      for (PredictionId id : appended.stream().flatMap(List::stream).toList()) {
        assertThat(again.find(id)).isPresent();
      }
      again.close();
    }
  }

  /** Appends until the log is closed, which the first thread does; returns what was appended. */
  private List<PredictionId> appendUntilClosed(PredictionLog log, int thread, long first) {
    List<PredictionId> appended = new ArrayList<>();
    try {
      for (LoggedPrediction entry :
          RandomPredictions.of("credit", SMALL, 1, 400, first, seed + thread)) {
        if (thread == 0 && appended.size() == 30) {
          log.close();
        }
        log.append(entry);
        appended.add(entry.id());
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("closed");
    }
    return appended;
  }

  @Test
  final void severalLogs_appendToOneEndpoint() throws IOException {
    PredictionLog left = openLog();
    PredictionLog right = openLog();
    List<LoggedPrediction> entries = entries("credit", EVERY_TYPE, 1, 60);
    for (int i = 0; i < entries.size(); i++) {
      PredictionLog log = i % 3 == 0 ? left : right;
      log.append(entries.get(i));
      if (i % 17 == 0) {
        log.flush();
      }
    }
    left.close();
    right.close();
    assertKept(openLog(), entries);
  }

  @Test
  final void aClosedLog_refusesEntriesAndFlushes() throws IOException {
    PredictionLog log = openLog();
    LoggedPrediction entry = entries("credit", SMALL, 1, 1).get(0);
    log.close();
    log.close();
    assertThatIllegalStateException().isThrownBy(() -> log.append(entry));
    assertThatIllegalStateException().isThrownBy(log::flush);
    assertThat(all(openLog(), "credit")).isEmpty();
  }
}
