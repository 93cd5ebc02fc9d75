package dev.mlstack.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.store.Batch;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import dev.mlstack.testkit.ObjectStoreKit;
import dev.mlstack.testkit.S3Server;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The kit on two instances of one bucket that share a cache. */
@ExtendWith(S3Server.Provider.class)
class S3StoreTest extends ObjectStoreKit {

  private final S3Client client;
  private final String bucket;
  private final Path cache;

  S3StoreTest(S3Server server, @TempDir Path cache) {
    this.client = Clients.of(server.port());
    this.bucket = Clients.newBucket(client);
    this.cache = cache;
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Override
  protected ObjectStore open() throws IOException {
    return S3Store.open(client, bucket, "some/prefix/", cache);
  }

  /** Whoever erases from the bucket must not find it on the disk. */
  @Test
  void copiesOfWhatWasCollected_areDropped() throws IOException {
    String secret = "the mail of grace";
    StoredObject object =
        StoredObject.of(
            ObjectKind.CONTENT,
            new VersionedName("test", 1),
            List.of(),
            secret.getBytes(StandardCharsets.UTF_8));
    try (ObjectStore store = open();
        ObjectStore other = open();
        Refs refs = openRefs()) {
      try (Batch batch = store.batch()) {
        batch.put(object);
        batch.commit();
      }
      assertThat(other.get(object.digest())).isEqualTo(object);
      assertThat(isCached(secret)).isTrue();
      store.collect(refs, Duration.ZERO, Execution.here());
      assertThat(isCached(secret)).isFalse();
      assertThat(other.digests()).isEmpty();
      assertThat(isCached(secret)).isFalse();
    }
  }

  private boolean isCached(String text) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  protected int slowness() {
    return Seeds.repetitions(6, 1);
  }

  @Override
  protected Refs openRefs() {
    return new MemoryRefs();
  }
}
