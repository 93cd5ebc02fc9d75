package dev.mlstack.s3;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ObjectStoreKit;
import dev.mlstack.testkit.S3Server;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
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

  @Override
  protected int slowness() {
    return Seeds.repetitions(6, 1);
  }

  @Override
  protected Refs openRefs() {
    return new MemoryRefs();
  }
}
