package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one file, some of which are killed. */
class ProcessesTest {

  private static final int PROCESSES = 3;
  private static final int ROUNDS = Boolean.getBoolean("mlstack.exhaustive") ? 34 : 7;

  private final ObjectStore store = new MemoryStore();
  private final Refs refs = new MemoryRefs();
  private final Path file;
  private final Path temporary;

  ProcessesTest(@TempDir Path directory) throws IOException {
    this.file = directory.resolve("runs.db");
    this.temporary = Files.createDirectory(directory.resolve("tmp"));
  }

  @Test
  void processesAreKilled_nothingAcknowledgedIsLost() throws IOException, InterruptedException {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Integer> durable = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      durable.putAll(killAll(random));
      assertThat(new RawFile(file).query("PRAGMA integrity_check")).isEqualTo("ok");
      try (SqliteTracker tracker = SqliteTracker.open(file, store, refs)) {
        for (Map.Entry<String, Integer> run : durable.entrySet()) {
          requireKilled(tracker, new RunId(run.getKey()), run.getValue(), seed);
        }
      }
    }
    // Each process says something before it is killed, if not of both of its runs.
    assertThat(durable).hasSizeGreaterThanOrEqualTo(ROUNDS * PROCESSES);
  }

  /** Starts processes, kills each at some moment, and returns what they said was durable. */
  private Map<String, Integer> killAll(SplittableRandom random)
      throws IOException, InterruptedException {
    Map<String, Integer> durable = new TreeMap<>();
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(new Child(file, 2, 0, random.nextLong(), temporary));
      }
      for (Child child : children) {
        child.listen(1 + random.nextInt(10));
        LockSupport.parkNanos(random.nextInt(3_000_000));
        child.kill();
        durable.putAll(child.durable());
      }
    } finally {
      children.forEach(Child::close);
    }
    return durable;
  }

  private void requireKilled(SqliteTracker tracker, RunId id, int durable, long seed) {
    RunInfo info = tracker.find(id).orElseThrow();
    List<MetricPoint> history = tracker.history(id, "count");
    assertThat(info.status()).as("seed %d", seed).isEqualTo(RunStatus.KILLED);
    assertThat(info.ended().orElseThrow()).isAfterOrEqualTo(info.started());
    assertThat(info.record()).isPresent();
    assertThat(history).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(durable);
    for (int i = 0; i < history.size(); i++) {
      assertThat(history.get(i).value()).isEqualTo(i);
    }
    // A parameter is logged before the value of its number, and so is there if that is.
    assertThat(info.params().size()).isBetween((durable + 99) / 100, history.size() / 100 + 1);
  }

  @Test
  void processesLogAtOnce_allOfItIsThere() throws IOException, InterruptedException {
    int values = 20_000;
    List<Child> children = new ArrayList<>();
    try (SqliteTracker tracker = SqliteTracker.open(file, store, refs);
        Run mine = tracker.start(RunRequest.of("processes", "mine", "parent"))) {
      children.add(new Child(file, 10, values, 1, temporary));
      children.add(new Child(file, 10, values, 2, temporary));
      for (int i = 0; i < values; i++) {
        mine.metric("count", i, i);
      }
      for (Child child : children) {
        assertThat(child.await()).isZero();
        assertThat(child.durable()).hasSize(10);
        assertThat(child.durable().values().stream().mapToInt(i -> i).sum()).isEqualTo(values);
        child.durable().forEach((run, count) -> requireFinished(tracker, new RunId(run), count));
      }
      mine.finish(RunStatus.FINISHED);
      requireFinished(tracker, mine.id(), values);
    } finally {
      children.forEach(Child::close);
    }
  }

  private static void requireFinished(SqliteTracker tracker, RunId id, int count) {
    assertThat(tracker.find(id).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
    assertThat(tracker.history(id, "count"))
        .extracting(MetricPoint::value)
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> (double) i).toList());
  }
}
