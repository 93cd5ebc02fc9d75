package dev.mlstack.data.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes commit, merge and collect garbage at once, and are killed at random moments:
 * nothing acknowledged is lost, nothing reachable is deleted.
 */
class KillTest {

  private static final int PATIENCE_SECONDS = 60;
  private static final List<String> NAMES = List.of("ada", "bob");

  private final Path directory;
  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  KillTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** A worker and the file in which it says what it has done. */
  private record Child(Process process, Path said, Path failed) {

    List<String> kill() throws IOException, InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(failed)).doesNotContain("Exception");
      String text = Files.readString(said);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
  }

  private Child start(String name, int number) throws IOException, InterruptedException {
    Path said = directory.resolve(name + number);
    Path failed = directory.resolve(name + number + ".errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWorker.class.getName(),
                directory.resolve("store").toString(),
                name,
                Long.toString(random.nextLong()))
            .redirectOutput(said.toFile())
            .redirectError(failed.toFile())
            .start();
    return new Child(process, said, failed);
  }

  private static void awaitFirstWord(Child child) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (Files.size(child.said()) == 0 && child.process().isAlive()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(1);
    }
  }

  @Test
  void whatWasAcknowledged_isReachable_whoeverDies() throws Exception {
    Path place = directory.resolve("store");
    try (DirectoryStore store = DirectoryStore.open(place);
        DirectoryRefs refs = DirectoryRefs.open(place)) {
      VersionedDataset data = new Datasets(store, refs, "eve", Execution.here()).dataset("data");
      data.commit(KilledWorker.rows(random, 3000, 0));
      NAMES.forEach(data::branch);
      Child[] children = {start(NAMES.get(0), 0), start(NAMES.get(1), 0)};
      for (int kill = 1; kill <= Seeds.repetitions(20, 100); kill++) {
        int victim = kill % 2;
        awaitFirstWord(children[victim]);
        Thread.sleep(random.nextInt(40), random.nextInt(999_999)); // The moment is the point.
        List<String> said = children[victim].kill();
        children[victim] = start(NAMES.get(victim), kill);
        assertReachable(data, said);
      }
      for (Child child : children) {
        assertReachable(data, child.kill());
      }
      assertThat(store.verify(Execution.here())).as("seed %d", seed).isEmpty();
      NAMES.forEach(name -> assertThat(rows(data.snapshot(name))).isPositive());
      assertThat(rows(data.head().orElseThrow())).isEqualTo(data.head().orElseThrow().rows());
    }
  }

  private void assertReachable(VersionedDataset data, List<String> said) {
    for (String branch : said.stream().map(line -> line.split(" ", -1)[0]).distinct().toList()) {
      List<String> log =
          data.on(branch).log().stream()
              .map(commit -> branch + " " + commit.digest())
              .collect(Collectors.toList());
      assertThat(log)
          .as("seed %d", seed)
          .containsAll(said.stream().filter(line -> line.startsWith(branch + " ")).toList());
      Snapshot head = data.on(branch).head().orElseThrow();
      assertThat(rows(head)).isEqualTo(head.rows());
    }
  }

  private static long rows(Snapshot snapshot) {
    long[] rows = {0};
    snapshot.forEach(
        table -> {
          for (var row = table.cursor(); row.next(); ) {
            rows[0] += row.isNull(0) ? 0 : 1;
          }
        });
    return rows[0];
  }
}
