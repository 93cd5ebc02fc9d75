package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.store.Digest;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes that log, at random moments: the next one finds all that was acknowledged. */
class LogKillTest {

  private static final int THREADS = 2;

  private final Path directory;
  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  LogKillTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static StoredPredictionLog open(DirectoryStore store, DirectoryRefs refs, Path directory)
      throws IOException {
    return StoredPredictionLog.open(store, refs, "test", directory.resolve("journals"));
  }

  @Test
  void whatWasFlushed_isFoundOnceAndInOrder_afterTheDeathOfTheWriter() throws Exception {
    Map<Long, Integer> acknowledged = new HashMap<>();
    for (int round = 0; round < Seeds.repetitions(4, 100); round++) {
      ChildJvm child =
          new ChildJvm(
              directory.resolve("said-" + round),
              Writer.class,
              directory.toString(),
              Integer.toString(round),
              Long.toString(random.nextLong()));
      child.awaitFirstLine();
      Thread.sleep(random.nextInt(400)); // The moment is the point.
      for (String line : child.kill()) {
        String[] words = line.split(" ", -1);
        acknowledged.merge(Long.valueOf(words[0]), Integer.valueOf(words[1]), Math::max);
      }
      if (round % 2 == 1) {
        assertKept(acknowledged);
      }
    }
  }

  /** Each writer must have left its entries from the first to at least the last acknowledged. */
  private void assertKept(Map<Long, Integer> acknowledged) throws IOException {
    try (DirectoryStore store = DirectoryStore.open(directory);
        DirectoryRefs refs = DirectoryRefs.open(directory);
        PredictionLog log = open(store, refs, directory)) {
      Map<Long, Integer> found = new HashMap<>();
      List<PredictionId> last = new ArrayList<>(List.of(new PredictionId(0, 0)));
      log.forEach(
          "credit",
          entry -> {
            assertThat(last.get(0)).as("seed %d", seed).isLessThan(entry.id());
            last.set(0, entry.id());
            int before = found.merge(entry.id().low(), 1, Integer::sum) - 1;
            assertThat(entry.outputs()[0]).as("seed %d", seed).isEqualTo(before);
            assertThat(entry.input().number(0)).as("seed %d", seed).isEqualTo(before);
          });
      acknowledged.forEach(
          (writer, count) ->
              assertThat(found.getOrDefault(writer, 0))
                  .as("seed %d", seed)
                  .isGreaterThanOrEqualTo(count));
      assertThat(store.verify(Execution.here())).as("seed %d", seed).isEmpty();
    }
  }

  /** Another process that logs with several threads until it is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      try (DirectoryStore store = DirectoryStore.open(directory);
          DirectoryRefs refs = DirectoryRefs.open(directory);
          PredictionLog log = open(store, refs, directory)) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          long writer = 1 + THREADS * Long.parseLong(args[1]) + i;
          Random random = new Random(Long.parseLong(args[2]) + i);
          threads.add(new Thread(() -> write(log, writer, random)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
          thread.join();
        }
      }
    }

    /** Appends numbered entries and says how many of them were acknowledged. */
    private static void write(PredictionLog log, long writer, Random random) {
      Digest digest = Digest.of(new byte[] {1});
      int next = 0;
      while (true) {
        // Now and then so many that segments are stored.
        for (int i = random.nextInt(random.nextInt(4) == 0 ? 8000 : 50); i >= 0; i--) {
          log.append(
              new LoggedPrediction(
                  new PredictionId((writer << 32) + next, writer),
                  "credit",
                  digest,
                  digest,
                  ValuesRow.of(Samples.SCHEMA, (double) next, "red", next),
                  new double[] {next},
                  next));
          next++;
        }
        log.flush();
        ChildJvm.say(writer + " " + next);
      }
    }
  }
}
