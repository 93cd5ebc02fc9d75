package dev.mlstack.s3;

import static dev.mlstack.s3.Samples.CAUSE;
import static dev.mlstack.s3.Samples.digest;
import static dev.mlstack.s3.Samples.object;
import static dev.mlstack.s3.Samples.random;
import static dev.mlstack.s3.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.s3.FaultyProxy.Fault;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What networks and servers do to requests. */
@ExtendWith(S3Server.Provider.class)
class FaultTest {

  private static final Execution HERE = Execution.here();
  private static final RefName NAME = RefName.of("some", "ref");
  private static final Digest A = digest("a");
  private static final Digest B = digest("b");

  private final Path cache;
  private final FaultyProxy proxy;
  private final S3Client direct;
  private final S3Client client;
  private final String bucket;

  FaultTest(S3Server server, @TempDir Path cache) throws IOException {
    this.cache = cache;
    this.proxy = new FaultyProxy(server.port());
    this.direct = Clients.of(server.port());
    this.client = Clients.of(proxy.port(), Duration.ofSeconds(1));
    this.bucket = Clients.newBucket(direct);
  }

  @AfterEach
  void closeAll() throws IOException {
    client.close();
    direct.close();
    proxy.close();
  }

  private S3Store openStore(String directory) throws IOException {
    return S3Store.open(client, bucket, "", cache.resolve(directory));
  }

  private S3Refs openRefs() throws IOException {
    return S3Refs.open(client, bucket, "");
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET_BEFORE", "LOSE_ANSWER", "CUT_ANSWER", "SLOW_DOWN"})
  void whatFailsOnce_isDoneAgain(Fault fault) throws IOException {
    try (S3Store store = openStore("writer");
        S3Refs refs = openRefs()) {
      StoredObject object = random(1, 3_000_000);
      for (String request :
          new String[] {"PUT packs/", "PUT leases/", "PUT sessions/", "DELETE leases/"}) {
        proxy.breakNext(1, fault, request);
      }
      store(store, object, object("small"));
      proxy.breakNext(2, fault, "PUT refs/");
      assertThat(refs.create(NAME, object.digest(), CAUSE)).isTrue();
      assertThat(refs.history(NAME)).hasSize(1);
      proxy.breakNext(1, fault, "PUT refs/");
      assertThat(refs.move(NAME, object.digest(), B, CAUSE)).isTrue();
      assertThat(refs.history(NAME)).hasSize(2);
      proxy.breakNext(1, fault, "PUT refs/");
      assertThat(refs.move(NAME, object.digest(), A, CAUSE)).isFalse();
      assertThat(refs.history(NAME)).hasSize(2);
      try (S3Store reader = openStore("reader")) {
        proxy.breakNext(2, fault, "GET packs/");
        proxy.breakNext(1, fault, "GET prefix=packs");
        assertThat(reader.get(object.digest())).isEqualTo(object);
      }
      proxy.breakNext(1, fault, "PUT condemned/");
      proxy.breakNext(1, fault, "PUT collecting");
      proxy.breakNext(1, fault, "DELETE packs/");
      refs.delete(NAME, B, CAUSE);
      assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(2);
      assertThat(store.verify(HERE)).isEmpty();
      assertThat(store.digests()).isEmpty();
    }
    assertThat(Clients.keys(direct, bucket, ""))
        .containsOnly("store.json", "refs.json", "refs/some+/ref.log");
  }

  @Test
  void whatFailsForGood_namesBucketKeyAndRemedy() throws IOException {
    try (S3Store store = openStore("cache");
        S3Refs refs = openRefs()) {
      StoredObject object = object("text");
      proxy.breakNext(1, Fault.FORBID, "PUT packs/");
      try (Batch batch = store.batch()) {
        batch.put(object);
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(batch::commit)
            .withMessageContaining("s3://" + bucket + "/packs/")
            .withMessageContaining("as the test wants")
            .withMessageContaining("credentials")
            .withMessageContaining("counts as not stored");
      }
      assertThat(store.contains(object.digest())).isFalse();
      proxy.breakNext(Retries.MOST, Fault.SLOW_DOWN, "PUT refs/");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> refs.create(NAME, A, CAUSE))
          .withMessageContaining("s3://" + bucket + "/refs/some+/ref.log")
          .withMessageContaining("fewer requests");
      assertThat(refs.find(NAME)).isEmpty();
      proxy.breakNext(Retries.MOST, Fault.LOSE_ANSWER, "PUT refs/");
      assertThat(refs.create(NAME, A, CAUSE)).as("it was done, though nobody said so").isTrue();
      store(store, object);
      // The JDK itself repeats a GET whose connection was reset.
      proxy.breakNext(2 * Retries.MOST, Fault.RESET_BEFORE, "GET packs/");
      try (S3Store reader = openStore("reader")) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> reader.get(object.digest()))
            .withMessageContaining("network");
        proxy.heal();
        assertThat(reader.get(object.digest())).isEqualTo(object);
      }
    }
  }

  @Test
  void aServerThatDoesNotAnswer_isAskedAgain() throws IOException {
    try (S3Store store = openStore("cache");
        S3Refs refs = openRefs()) {
      proxy.breakNext(1, Fault.HANG, "PUT packs/");
      store(store, object("text"));
      proxy.breakNext(1, Fault.HANG, "PUT refs/");
      assertThat(refs.create(NAME, A, CAUSE)).isTrue();
      proxy.breakNext(1, Fault.HANG, "GET refs/");
      assertThat(refs.history(NAME)).hasSize(1);
    }
  }

  @Test
  void aBucketThatIsMissing_isNamed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> S3Store.open(direct, "no-such-bucket", "", cache))
        .withMessageContaining("s3://no-such-bucket/")
        .withMessageContaining("create the bucket");
  }

  @Test
  void aServerThatIgnoresConditions_isRefused() throws IOException {
    proxy.breakNext(Integer.MAX_VALUE, Fault.FORGET_CONDITIONS, "PUT json");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> openStore("cache"))
        .withMessageContaining("ignores the conditions If-None-Match and If-Match");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::openRefs)
        .withMessageContaining("use a server that honours them");
    proxy.close();
    S3Store.open(direct, bucket, "", cache).close();
  }

  @Test
  void oneWhoMayOnlyRead_reads() throws IOException {
    StoredObject object = object("text");
    try (S3Store store = openStore("cache")) {
      store(store, object);
    }
    proxy.breakNext(Integer.MAX_VALUE, Fault.FORBID, "PUT ");
    try (S3Store store = openStore("reader")) {
      assertThat(store.get(object.digest())).isEqualTo(object);
      try (Batch batch = store.batch()) {
        batch.put(object("more"));
        assertThatExceptionOfType(StoreException.class).isThrownBy(batch::commit);
      }
    }
  }

  @Test
  void anotherFormat_isRefused() throws IOException {
    openStore("cache").close();
    direct.putObject(
        request -> request.bucket(bucket).key("store.json"),
        RequestBody.fromString("{\"format\":\"s3-store/2\"}\n"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> openStore("cache"))
        .withMessageContaining("s3-store/2")
        .withMessageContaining("knows s3-store/1");
  }
}
