package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.ChildJvm;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that write, at random moments: the store opens, verifies, and has everything that
 * was acknowledged.
 */
class KillTest {

  private static final Execution HERE = Execution.here();
  private static final int WRITERS = 2;

  private final Path directory;
  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  KillTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void whatWasAcknowledged_survivesTheDeathOfTheWriter() throws Exception {
    for (int round = 0; round < Seeds.repetitions(10, 60); round++) {
      List<String> said = writeUntilKilled(false);
      try (DirectoryStore store = DirectoryStore.open(directory);
          DirectoryRefs refs = DirectoryRefs.open(directory)) {
        assertThat(store.verify(HERE)).as("seed %d", seed).isEmpty();
        for (String line : said) {
          if (line.startsWith("object ")) {
            assertThat(store.contains(Digest.parse(line.substring(7))))
                .as("seed %d", seed)
                .isTrue();
          }
        }
        assertThatRefsMovedAs(said, refs);
        assertThat(Disk.files(directory.resolve("tmp"), "")).isEmpty();
        assertThat(Disk.files(directory.resolve("leases"), "")).isEmpty();
      }
    }
  }

  @Test
  void whatIsReachableOrLeased_survivesDeathsAndCollections() throws Exception {
    ChildJvm collector = ChildJvm.start(Collector.class, directory.toString());
    try {
      for (int round = 0; round < Seeds.repetitions(10, 40); round++) {
        collector.awaitFirstLine();
        List<String> said = writeUntilKilled(true);
        assertThat(said).as("seed %d", seed).noneMatch(line -> line.startsWith("lost"));
        if (round % 3 == 0) {
          collector.kill();
          assertThat(collector.lines()).noneMatch(line -> line.startsWith("failed"));
          collector = ChildJvm.start(Collector.class, directory.toString());
        }
        assertThatAllIsThere(said);
      }
    } finally {
      collector.close();
    }
  }

  private void assertThatAllIsThere(List<String> said) throws IOException {
    try (DirectoryStore store = DirectoryStore.open(directory);
        DirectoryRefs refs = DirectoryRefs.open(directory)) {
      assertThat(store.verify(HERE)).as("seed %d", seed).isEmpty();
      assertThatRefsMovedAs(said, refs);
      for (Ref ref : refs.list()) {
        for (Edge edge : store.get(ref.target()).edges()) {
          assertThat(store.get(edge.target()).digest()).isEqualTo(edge.target());
        }
      }
    }
  }

  /**
   * Starts a writer, lets it write for some moments, kills it; returns what it has acknowledged.
   */
  private List<String> writeUntilKilled(boolean collected) throws Exception {
    String[] arguments = {
      directory.toString(), Long.toString(random.nextLong()), Boolean.toString(collected)
    };
    try (ChildJvm child = ChildJvm.start(Writer.class, arguments)) {
      child.awaitFirstLine();
      Thread.sleep(random.nextInt(60), random.nextInt(999_999)); // The moment is the point.
      child.kill();
      assertThat(child.lines()).as("seed %d", seed).isNotEmpty();
      return child.lines();
    }
  }

  /** Each thread of a writer moves a ref of its own, so at most one more move may have landed. */
  private void assertThatRefsMovedAs(List<String> said, DirectoryRefs refs) {
    for (int writer = 0; writer < WRITERS; writer++) {
      RefName name = Writer.nameOf(writer);
      List<RefMove> history = refs.history(name);
      int acknowledged = 0;
      for (String line : said) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("ref") && words[1].equals(name.path())) {
          acknowledged = Integer.parseInt(words[2]);
          Optional<Digest> to = history.get(acknowledged - 1).to();
          assertThat(to.map(Digest::hex).orElse("-")).as("seed %d", seed).isEqualTo(words[3]);
        }
      }
      if (acknowledged > 0) {
        assertThat(history).as("seed %d", seed).hasSizeBetween(acknowledged, acknowledged + 1);
      }
    }
  }

  /** Another process that stores and moves refs until it is killed. */
  static final class Writer {
    private final Path directory;
    private final boolean collected;

    private Writer(Path directory, boolean collected) {
      this.directory = directory;
      this.collected = collected;
    }

    static RefName nameOf(int writer) {
      return RefName.of("kill", "writer" + writer);
    }

    public static void main(String[] args) throws InterruptedException {
      Writer writer = new Writer(Path.of(args[0]), Boolean.parseBoolean(args[2]));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        Random random = new Random(Long.parseLong(args[1]) + i);
        threads.add(new Thread(() -> writer.write(number, random)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private void write(int number, Random random) {
      try (DirectoryStore store = DirectoryStore.open(directory);
          DirectoryRefs refs = DirectoryRefs.open(directory)) {
        while (true) {
          writeOnce(number, random, store, refs);
        }
      } catch (IOException e) {
        ChildJvm.say("failed " + e);
      }
    }

    private void writeOnce(int number, Random random, DirectoryStore store, DirectoryRefs refs) {
      try (Batch batch = store.batch()) {
        List<StoredObject> leaves = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
          // Few different ones, so that they are often there already, and often garbage.
          leaves.add(Samples.object("leaf " + random.nextInt(collected ? 40 : 100_000)));
        }
        Edge[] edges =
            leaves.stream()
                .distinct()
                .map(leaf -> Edge.holds("leaf." + leaf.digest().abbreviated(), leaf.digest()))
                .toArray(Edge[]::new);
        StoredObject root = Samples.object("root " + random.nextLong(), edges);
        leaves.forEach(batch::put);
        if (random.nextBoolean()) {
          batch.commit();
        }
        batch.put(root);
        batch.commit();
        leaves.forEach(leaf -> check(store, leaf.digest()));
        check(store, root.digest());
        move(nameOf(number), root.digest(), random, refs);
      }
    }

    /** Reads what the batch protects; says that it is durable. */
    private void check(DirectoryStore store, Digest digest) {
      try {
        store.get(digest);
        if (!collected) {
          ChildJvm.say("object " + digest);
        }
      } catch (StoreException e) {
        ChildJvm.say("lost " + digest + " " + e.getMessage());
      }
    }

    private static void move(RefName name, Digest to, Random random, DirectoryRefs refs) {
      Cause cause = new Cause("writer", "x".repeat(random.nextInt(200)));
      Optional<Ref> before = refs.find(name);
      boolean delete = before.isPresent() && random.nextInt(5) == 0;
      if (before.isEmpty()) {
        refs.create(name, to, cause);
      } else if (delete) {
        refs.delete(name, before.get().target(), cause);
      } else {
        refs.move(name, before.get().target(), to, cause);
      }
      int moves = refs.history(name).size();
      ChildJvm.say("ref " + name + " " + moves + " " + (delete ? "-" : to));
    }
  }

  /** Another process that collects garbage all the time. */
  static final class Collector {
    private Collector() {}

    public static void main(String[] args) throws IOException {
      Path directory = Path.of(args[0]);
      try (DirectoryStore store = DirectoryStore.open(directory);
          DirectoryRefs refs = DirectoryRefs.open(directory)) {
        ChildJvm.say("ready");
        while (true) {
          store.collect(refs, Duration.ZERO, HERE);
        }
      } catch (RuntimeException e) {
        ChildJvm.say("failed " + e);
        throw e;
      }
    }
  }
}
