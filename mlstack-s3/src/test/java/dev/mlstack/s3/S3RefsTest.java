package dev.mlstack.s3;

import dev.mlstack.store.Refs;
import dev.mlstack.testkit.RefsKit;
import dev.mlstack.testkit.S3Server;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

/** The kit on two instances of one bucket. */
@ExtendWith(S3Server.Provider.class)
class S3RefsTest extends RefsKit {

  private final S3Client client;
  private final String bucket;

  S3RefsTest(S3Server server) {
    this.client = Clients.of(server.port());
    this.bucket = Clients.newBucket(client);
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Override
  protected Refs open() throws IOException {
    return S3Refs.open(client, bucket, "");
  }
}
