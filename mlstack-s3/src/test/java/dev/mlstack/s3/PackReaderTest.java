package dev.mlstack.s3;

import static dev.mlstack.s3.Samples.random;
import static dev.mlstack.s3.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** What reading costs. */
@ExtendWith(S3Server.Provider.class)
class PackReaderTest {

  @Test
  void objectsOfOneCommit_areFetchedTogether(S3Server server, @TempDir Path cache)
      throws IOException {
    List<StoredObject> objects =
        IntStream.range(0, 300).mapToObj(i -> random(i, 50_000 + i)).toList();
    try (FaultyProxy proxy = new FaultyProxy(server.port());
        S3Client direct = Clients.of(server.port());
        S3Client counted = Clients.of(proxy.port())) {
      String bucket = Clients.newBucket(direct);
      try (S3Store writer = S3Store.open(direct, bucket, "", cache.resolve("writer"))) {
        store(writer, objects.toArray(StoredObject[]::new));
      }
      try (S3Store reader = S3Store.open(counted, bucket, "", cache.resolve("reader"))) {
        int before = proxy.requests();
        objects.forEach(object -> assertThat(reader.get(object.digest())).isEqualTo(object));
        assertThat(proxy.requests() - before).as("15 MB in 300 objects").isLessThan(10);
      }
      try (S3Store again = S3Store.open(counted, bucket, "", cache.resolve("reader"))) {
        again.contains(objects.get(0).digest());
        int before = proxy.requests();
        objects.forEach(object -> assertThat(again.get(object.digest())).isEqualTo(object));
        assertThat(proxy.requests()).as("all of it is in the cache").isEqualTo(before);
      }
    }
  }
}
