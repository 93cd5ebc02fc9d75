package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.Value;
import dev.mlstack.track.lineage.SqliteLineage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the file, the store or a process fails. */
class TrackerFaultsTest {

  private static final RunRequest REQUEST = RunRequest.of("credit", "first try", "ada");

  private final FailingStore store = new FailingStore();
  private final Refs refs = new MemoryRefs();
  private final Path file;
  private final RawFile raw;

  TrackerFaultsTest(@TempDir Path directory) {
    this.file = directory.resolve("runs.db");
    this.raw = new RawFile(file);
  }

  private SqliteTracker open() throws IOException {
    return SqliteTracker.open(file, store, refs);
  }

  private static void log(Run run, int from, int to) {
    for (int i = from; i < to; i++) {
      run.metric("loss", i, i);
    }
  }

  @Test
  void writingFails_flushSaysSoAndNothingIsLost() throws IOException {
    try (SqliteTracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      log(run, 0, 10);
      run.flush().join();
      raw.breakWriting();
      log(run, 10, 20);

      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> run.flush().join())
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(file.toString())
            .hasMessageContaining("broken");
      }
      assertThat(tracker.history(run.id(), "loss")).hasSize(10);
      log(run, 20, 30);
      raw.mend();
      run.flush().join();

      assertThat(tracker.history(run.id(), "loss"))
          .extracting(MetricPoint::step)
          .isEqualTo(java.util.stream.LongStream.range(0, 30).boxed().toList());
    }
  }

  @Test
  void writingFailsAndTheQueueIsFull_loggingIsRefusedUntilItIsMended() throws IOException {
    try (SqliteTracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      raw.breakWriting();
      int accepted = logUntilRefused(run);
      assertThat(accepted).isBetween(EntryQueue.CAPACITY, 3 * EntryQueue.CAPACITY);
      assertThat(run.flush()).isCompletedExceptionally();

      raw.mend();
      while (run.flush().handle((done, e) -> e).join() != null) {
        Thread.onSpinWait();
      }
      log(run, accepted, accepted + 10);
      run.finish(RunStatus.FINISHED);

      List<MetricPoint> history = tracker.history(run.id(), "loss");
      assertThat(history).hasSize(accepted + 10);
      assertThat(history.get(accepted + 9).step()).isEqualTo(accepted + 9);
    }
  }

  private static int logUntilRefused(Run run) {
    int accepted = 0;
    try {
      while (accepted < Integer.MAX_VALUE) {
        run.metric("loss", accepted, accepted);
        accepted++;
      }
    } catch (StoreException e) {
      assertThat(e)
          .hasMessageContaining("broken")
          .hasMessageContaining("nothing more can be logged");
    }
    return accepted;
  }

  @Test
  void writingFails_finishFailsAndCanBeRepeated() throws IOException {
    try (SqliteTracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      raw.breakWriting();
      log(run, 0, 5);
      assertThatThrownBy(() -> run.finish(RunStatus.FINISHED))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("broken");
      assertThat(tracker.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
      log(run, 5, 10);
      raw.mend();
      run.finish(RunStatus.FINISHED);

      assertThat(tracker.history(run.id(), "loss")).hasSize(10);
      assertThat(tracker.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
    }
  }

  @Test
  void writingFailsUntilTheEnd_closeSaysWhatIsLostAndTheRestIsKept() throws IOException {
    SqliteTracker tracker = open();
    Run run = tracker.start(REQUEST);
    log(run, 0, 5);
    run.flush().join();
    raw.breakWriting();
    log(run, 5, 10);

    assertThatThrownBy(tracker::close)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("broken")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
        .satisfies(
            e ->
                assertThat(e.getSuppressed()[0])
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("are lost"));

    raw.mend();
    try (SqliteTracker next = open()) {
      assertThat(next.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.KILLED);
      assertThat(next.history(run.id(), "loss")).hasSize(5);
    }
  }

  @Test
  void storeFails_finishFailsAndCanBeRepeated() throws IOException {
    try (SqliteTracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      log(run, 0, 5);
      store.fail(true);
      assertThatThrownBy(() -> run.finish(RunStatus.FINISHED))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the disk of the store is full");
      log(run, 5, 10);
      store.fail(false);
      Digest record = run.finish(RunStatus.FINISHED);

      assertThat(tracker.find(run.id()).orElseThrow().record()).contains(record);
      assertThat(tracker.history(run.id(), "loss")).hasSize(10);
    }
  }

  @Test
  void storeFailsUntilTheEnd_theRunIsSealedByWhoOpensNext() throws IOException {
    SqliteTracker tracker = open();
    Run run = tracker.start(REQUEST);
    log(run, 0, 5);
    store.fail(true);
    assertThatThrownBy(tracker::close).isInstanceOf(StoreException.class);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the disk of the store is full");

    store.fail(false);
    try (SqliteTracker next = open()) {
      RunInfo info = next.find(run.id()).orElseThrow();
      assertThat(info.status()).isEqualTo(RunStatus.KILLED);
      assertThat(info.record()).isPresent();
      assertThat(next.history(run.id(), "loss")).hasSize(5);
    }
  }

  @Test
  void otherProcessTookTheRuns_loggingIsRefusedAndTheyAreNotChanged() throws IOException {
    SqliteTracker tracker = open();
    Run run = tracker.start(REQUEST);
    log(run, 0, 5);
    run.flush().join();
    raw.execute("DELETE FROM session");
    log(run, 5, 10);

    assertThatThrownBy(() -> run.flush().join())
        .cause()
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("has ended its runs");
    assertThatThrownBy(() -> run.metric("loss", 10, 10)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> run.finish(RunStatus.FINISHED)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> tracker.start(REQUEST)).isInstanceOf(StoreException.class);
    assertThatThrownBy(tracker::close).isInstanceOf(StoreException.class);
    try (SqliteTracker next = open()) {
      assertThat(next.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.KILLED);
      assertThat(next.history(run.id(), "loss")).hasSize(5);
    }
  }

  @Test
  void processDiedBetweenSealingAndNotingIt_theRecordDecides() throws IOException {
    RunId id;
    Digest record;
    try (SqliteTracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      log(run, 0, 5);
      run.param("depth", Value.of(3));
      record = run.finish(RunStatus.FINISHED);
      id = run.id();
    }
    raw.execute("UPDATE run SET record = NULL, status = 'RUNNING', ended = NULL, session = 99");

    try (SqliteTracker next = open()) {
      RunInfo info = next.find(id).orElseThrow();
      assertThat(info.status()).isEqualTo(RunStatus.FINISHED);
      assertThat(info.record()).contains(record);
      assertThat(info.params()).containsOnlyKeys("depth");
      assertThat(next.history(id, "loss")).hasSize(5);
    }
    assertThat(refs.history(RefName.of("runs", id.value()))).hasSize(1);
  }

  @Test
  void processOfAnotherMachine_isBelievedToLiveForAMinute() throws IOException {
    SqliteTracker tracker = open();
    Run run = tracker.start(REQUEST);
    log(run, 0, 5);
    run.flush().join();
    raw.execute("UPDATE session SET machine = 'another container'");
    try (SqliteTracker next = open()) {
      assertThat(next.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
      assertThat(next.recover()).isEmpty();

      long silence = SqliteJournal.SILENCE.toMillis() + 1000;
      raw.execute("UPDATE session SET beat = beat - " + silence + " WHERE machine LIKE 'another%'");
      assertThat(next.recover()).containsExactly(run.id());
      assertThat(next.recover()).isEmpty();

      RunInfo info = next.find(run.id()).orElseThrow();
      assertThat(info.status()).isEqualTo(RunStatus.KILLED);
      assertThat(info.ended().orElseThrow()).isAfterOrEqualTo(info.started());
      assertThat(info.record()).isPresent();
      assertThat(next.history(run.id(), "loss")).hasSize(5);
    }
    assertThatThrownBy(tracker::close).isInstanceOf(StoreException.class);
  }

  @Test
  void processIdWasGivenAgain_theRunIsKilledAllTheSame() throws IOException {
    SqliteTracker tracker = open();
    Run run = tracker.start(REQUEST);
    raw.execute("UPDATE session SET born = born - 3600000");
    try (SqliteTracker next = open()) {
      assertThat(next.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.KILLED);
    }
    assertThatThrownBy(tracker::close).isInstanceOf(StoreException.class);
  }

  @Test
  void secondTrackerOnTheFile_seesTheRunsAndDoesNotEndThem() throws IOException {
    try (SqliteTracker one = open();
        Run mine = one.start(REQUEST)) {
      log(mine, 0, 5);
      mine.flush().join();
      try (SqliteTracker two = open();
          Run theirs = two.start(REQUEST)) {
        assertThat(two.find(mine.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(two.history(mine.id(), "loss")).hasSize(5);
        log(theirs, 0, 3);
        theirs.flush().join();
        assertThat(one.history(theirs.id(), "loss")).hasSize(3);
        assertThat(one.list(RunQuery.all())).hasSize(2);
      }
      log(mine, 5, 10);
      mine.finish(RunStatus.FINISHED);
      assertThat(one.find(mine.id()).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
      assertThat(one.list(RunQuery.all().withStatus(RunStatus.FAILED))).hasSize(1);
    }
  }

  @Test
  void sessionOfAClosedTracker_isGone() throws IOException {
    try (SqliteTracker tracker = open()) {
      assertThat(raw.query("SELECT count(*) FROM session")).isEqualTo("1");
      assertThat(tracker.list(RunQuery.all())).isEmpty();
    }
    assertThat(raw.query("SELECT count(*) FROM session")).isEqualTo("0");
    assertThat(raw.query("SELECT count(*) FROM environment")).isEqualTo("0");
  }

  @Test
  void runWithoutNews_beats() throws IOException {
    SqliteJournal journal = SqliteJournal.open(file, ProcessIdentity.current());
    raw.execute("UPDATE session SET beat = 0");
    journal.beat();
    assertThat(Long.parseLong(raw.query("SELECT beat FROM session"))).isPositive();
    journal.close();
  }

  @Test
  void open_fileOfAnotherKind_isRefused() throws IOException {
    SqliteLineage.open(file, store).close();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tracker")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("something else");
  }
}
