package dev.mlstack.s3;

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
import dev.mlstack.testkit.S3Server;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Kills processes that commit, move refs and collect garbage in one bucket, at random moments: what
 * was acknowledged is there, and so is all that refs reach.
 */
@ExtendWith(S3Server.Provider.class)
class KillTest {

  private static final Execution HERE = Execution.here();
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final int WRITERS = 2;

  private final Path cache;
  private final S3Server server;
  private final S3Client client;
  private final String bucket;
  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  KillTest(S3Server server, @TempDir Path cache) {
    this.cache = cache;
    this.server = server;
    this.client = Clients.of(server.port());
    this.bucket = Clients.newBucket(client);
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void whatIsAcknowledgedOrReachable_survivesDeathsOfWritersAndCollectors() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        children.add(startWriter(i));
      }
      children.add(startCollector());
      for (int kill = 0; kill < Seeds.repetitions(3, 100); kill++) {
        int victim = random.nextInt(children.size());
        children.get(victim).awaitFirstLine();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(700)); // The moment is the point.
        children.get(victim).kill();
        requireNothingLost(children.get(victim), victim);
        children.set(victim, victim < WRITERS ? startWriter(victim) : startCollector());
      }
      for (int i = 0; i < children.size(); i++) {
        children.get(i).awaitFirstLine();
        children.get(i).kill();
        requireNothingLost(children.get(i), i);
      }
      requireAllWell();
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  private ChildJvm startWriter(int number) throws IOException {
    return ChildJvm.start(
        Writer.class,
        Integer.toString(server.port()),
        bucket,
        cache.toString(),
        Integer.toString(number),
        Long.toString(random.nextLong()));
  }

  private ChildJvm startCollector() throws IOException {
    return ChildJvm.start(
        Collector.class, Integer.toString(server.port()), bucket, cache.toString());
  }

  private void requireNothingLost(ChildJvm child, int number) throws IOException {
    List<String> said = child.lines();
    assertThat(said).as("seed %d", seed).noneMatch(l -> l.startsWith("lost"));
    assertThat(said).as("seed %d", seed).noneMatch(l -> l.startsWith("failed"));
    if (number < WRITERS) {
      try (S3Refs refs = S3Refs.open(client, bucket, "")) {
        requireMoves(said, refs.history(Writer.nameOf(number)));
      }
    }
  }

  /** At most one more move may have landed than were acknowledged. */
  private void requireMoves(List<String> said, List<RefMove> history) {
    int acknowledged = 0;
    for (String line : said) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("ref")) {
        acknowledged = Integer.parseInt(words[1]);
        Optional<Digest> to = history.get(acknowledged - 1).to();
        assertThat(to.map(Digest::hex)).as("seed %d", seed).contains(words[2]);
      }
    }
    if (acknowledged > 0) {
      assertThat(history).as("seed %d", seed).hasSizeBetween(acknowledged, acknowledged + 1);
    }
  }

  private void requireAllWell() throws Exception {
    try (S3Store store = open(client, bucket, cache.resolve("parent"));
        S3Refs refs = S3Refs.open(client, bucket, "")) {
      assertThat(store.verify(HERE)).as("seed %d", seed).isEmpty();
      assertThat(refs.list()).isNotEmpty();
      requireReachable(store, refs);
      TimeUnit.MILLISECONDS.sleep(2 * SILENCE.toMillis()); // The leases of the dead end.
      store.collect(refs, Duration.ZERO, HERE);
      requireReachable(store, refs);
      assertThat(store.verify(HERE)).as("seed %d", seed).isEmpty();
      assertThat(Clients.keys(client, bucket, "leases/")).isEmpty();
      assertThat(Clients.keys(client, bucket, "condemned/")).isEmpty();
      assertThat(Clients.keys(client, bucket, "collecting")).isEmpty();
    }
  }

  private static void requireReachable(S3Store store, S3Refs refs) {
    for (Ref ref : refs.list()) {
      for (Edge edge : store.get(ref.target()).edges()) {
        assertThat(store.get(edge.target()).digest()).isEqualTo(edge.target());
      }
    }
  }

  private static S3Store open(S3Client client, String bucket, Path cache) throws IOException {
    return S3Store.open(new Bucket(client, bucket, ""), cache, 1 << 30, SILENCE);
  }

  /** Another process that stores and moves a ref until it is killed. */
  static final class Writer {
    private Writer() {}

    static RefName nameOf(int writer) {
      return RefName.of("kill", "writer" + writer);
    }

    public static void main(String[] args) {
      RefName name = nameOf(Integer.parseInt(args[3]));
      Random random = new Random(Long.parseLong(args[4]));
      Path cache = Path.of(args[2]).resolve("writer" + args[3]);
      try (S3Client client = Clients.of(Integer.parseInt(args[0]));
          S3Store store = open(client, args[1], cache);
          S3Refs refs = S3Refs.open(client, args[1], "")) {
        ChildJvm.say("ready");
        while (true) {
          writeOnce(name, random, store, refs);
        }
      } catch (IOException | RuntimeException e) {
        ChildJvm.say("failed " + e);
      }
    }

    private static void writeOnce(RefName name, Random random, S3Store store, S3Refs refs) {
      try (Batch batch = store.batch()) {
        List<StoredObject> leaves = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
          // Few different ones, so that they are often there already, and often garbage.
          leaves.add(Samples.object("leaf " + random.nextInt(40)));
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
        Cause cause = new Cause("writer", "x".repeat(random.nextInt(200)));
        Optional<Ref> before = refs.find(name);
        boolean moved =
            before.isEmpty()
                ? refs.create(name, root.digest(), cause)
                : refs.move(name, before.get().target(), root.digest(), cause);
        ChildJvm.say(moved ? "ref " + refs.history(name).size() + " " + root.digest() : "failed");
      }
    }

    /** Looks for what the batch protects as it is in the bucket. */
    private static void check(S3Store store, Digest digest) {
      try {
        if (!store.contains(digest)) {
          ChildJvm.say("lost " + digest);
        }
      } catch (StoreException e) {
        ChildJvm.say("lost " + digest + " " + e.getMessage());
      }
    }
  }

  /** Another process that collects garbage all the time. */
  static final class Collector {
    private Collector() {}

    public static void main(String[] args) {
      try (S3Client client = Clients.of(Integer.parseInt(args[0]));
          S3Store store = open(client, args[1], Path.of(args[2]).resolve("collector"));
          S3Refs refs = S3Refs.open(client, args[1], "")) {
        ChildJvm.say("ready");
        while (true) {
          store.collect(refs, Duration.ZERO, HERE);
        }
      } catch (IOException | RuntimeException e) {
        ChildJvm.say("failed " + e);
      }
    }
  }
}
