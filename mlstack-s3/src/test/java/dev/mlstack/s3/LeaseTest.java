package dev.mlstack.s3;

import static dev.mlstack.s3.Samples.object;
import static dev.mlstack.s3.Samples.random;
import static dev.mlstack.s3.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** What becomes of leases whose owners are silent, and what leases cost. */
@ExtendWith(S3Server.Provider.class)
class LeaseTest {

  private static final Execution HERE = Execution.here();
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Path cache;
  private final FaultyProxy proxy;
  private final S3Client direct;
  private final S3Client client;
  private final String bucket;
  private final Refs refs = new MemoryRefs();

  LeaseTest(S3Server server, @TempDir Path cache) throws IOException {
    this.cache = cache;
    this.proxy = new FaultyProxy(server.port());
    this.direct = Clients.of(server.port());
    this.client = Clients.of(proxy.port());
    this.bucket = Clients.newBucket(direct);
  }

  @AfterEach
  void closeAll() throws IOException {
    client.close();
    direct.close();
    proxy.close();
  }

  private S3Store open(S3Client through, Duration silence) throws IOException {
    return S3Store.open(new Bucket(through, bucket, ""), cache, 1 << 30, silence);
  }

  @Test
  void aBatchThatBeats_isSparedForLongerThanItMayBeSilent() throws Exception {
    try (S3Store writer = open(direct, SHORT);
        S3Store collector = open(direct, SHORT);
        Batch batch = writer.batch()) {
      batch.put(object("needed"));
      batch.commit();
      long end = System.nanoTime() + 3 * SHORT.toNanos();
      while (System.nanoTime() < end) {
        assertThat(collector.collect(refs, Duration.ZERO, HERE).objects()).isZero();
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(writer.get(object("needed").digest())).isEqualTo(object("needed"));
    }
  }

  @Test
  void aBatchThatIsCutOff_losesItsLeaseAndSaysSo() throws Exception {
    try (S3Store writer = open(client, SHORT);
        S3Store collector = open(direct, SHORT)) {
      store(writer, object("existing"));
      Batch batch = writer.batch();
      batch.put(object("existing"));
      batch.put(object("new"));
      batch.commit();
      proxy.breakNext(Integer.MAX_VALUE, FaultyProxy.Fault.FORBID, "PUT sessions/");
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (collector.collect(refs, Duration.ZERO, HERE).objects() == 0) {
        assertThat(System.nanoTime()).as("the lease ends").isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(collector.digests()).isEmpty();
      proxy.heal();
      batch.put(object("more"));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(batch::commit)
          .withMessageContaining("silent")
          .withMessageContaining("new batch");
      batch.close();
      store(writer, object("existing"), object("new"));
      assertThat(collector.get(object("existing").digest())).isEqualTo(object("existing"));
      Batch last = writer.batch();
      last.put(object("last"));
      last.commit();
      proxy.breakNext(Integer.MAX_VALUE, FaultyProxy.Fault.FORBID, "PUT sessions/");
      end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (collector.contains(object("last").digest())) {
        assertThat(System.nanoTime()).as("the lease ends").isLessThan(end);
        collector.collect(refs, Duration.ZERO, HERE);
      }
      proxy.heal();
      assertThatExceptionOfType(StoreException.class)
          .as("a ref may point to nothing")
          .isThrownBy(last::close);
    }
  }

  @Test
  void aBatchOfWhichAllWasStored_takesFewRequests() throws IOException {
    List<StoredObject> objects = IntStream.range(0, 2_000).mapToObj(i -> random(i, 20)).toList();
    try (S3Store writer = open(direct, S3Store.SILENCE);
        S3Store again = open(client, S3Store.SILENCE);
        S3Store collector = open(direct, S3Store.SILENCE)) {
      store(writer, objects.toArray(StoredObject[]::new));
      int before = proxy.requests();
      try (Batch batch = again.batch()) {
        objects.forEach(batch::put);
        batch.commit();
        assertThat(collector.collect(refs, Duration.ZERO, HERE).objects()).isZero();
        assertThat(again.get(objects.get(1_999).digest())).isEqualTo(objects.get(1_999));
      }
      assertThat(proxy.requests() - before).isLessThan(100);
      assertThat(Clients.keys(direct, bucket, "packs/")).hasSize(1);
      assertThat(collector.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(2_000);
    }
  }

  @Test
  void whatTheDeadLeft_isClearedAway() throws Exception {
    Digest digest = object("left").digest();
    S3Store dead = open(client, SHORT);
    Batch batch = dead.batch();
    batch.put(object("left"));
    batch.commit();
    proxy.close(); // From now on nobody hears of it.
    try (S3Store collector = open(direct, SHORT)) {
      assertThat(collector.contains(digest)).isTrue();
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (collector.contains(digest)) {
        assertThat(System.nanoTime()).as("the lease ends").isLessThan(end);
        collector.collect(refs, Duration.ZERO, HERE);
      }
    }
    assertThat(Clients.keys(direct, bucket, "")).containsExactly("store.json");
  }
}
