package dev.mlstack.s3;

import static dev.mlstack.s3.Samples.CAUSE;
import static dev.mlstack.s3.Samples.object;
import static dev.mlstack.s3.Samples.random;
import static dev.mlstack.s3.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Damaged packs, in the bucket and in the cache. */
@ExtendWith(S3Server.Provider.class)
class DamageTest {

  private static final Execution HERE = Execution.here();

  private final Path directory;
  private final S3Client client;
  private final String bucket;
  private final Refs refs = new MemoryRefs();

  DamageTest(S3Server server, @TempDir Path directory) {
    this.directory = directory;
    this.client = Clients.of(server.port());
    this.bucket = Clients.newBucket(client);
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  private S3Store open(String cache) throws IOException {
    return S3Store.open(client, bucket, "", directory.resolve(cache));
  }

  /** Changes one byte of the only pack. */
  private String flip(int at) {
    String key = Clients.keys(client, bucket, "packs/").get(0);
    byte[] bytes = client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    return key;
  }

  @Test
  void aDamagedObject_isNeverReturnedAndNamed() throws IOException {
    StoredObject object = random(1, 1_000);
    try (S3Store writer = open("writer")) {
      store(writer, object, object("whole"));
      refs.create(RefName.of("main"), object.digest(), CAUSE);
      String key = flip(500);
      try (S3Store reader = open("reader")) {
        assertThatExceptionOfType(CorruptObjectException.class)
            .isThrownBy(() -> reader.get(object.digest()))
            .withMessageContaining("s3://" + bucket + "/" + key + ", byte 8");
        assertThat(reader.get(object("whole").digest())).isEqualTo(object("whole"));
        assertThat(writer.verify(HERE))
            .as("the cache of the writer is whole, the bucket is not")
            .hasSize(1)
            .allSatisfy(p -> assertThat(p.digest()).contains(object.digest()));
        assertThatExceptionOfType(CorruptObjectException.class)
            .isThrownBy(() -> writer.collect(refs, Duration.ZERO, HERE));
        assertThat(Clients.keys(client, bucket, "packs/")).containsExactly(key);
        flip(500);
        assertThat(reader.get(object.digest())).isEqualTo(object);
        assertThat(writer.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(1);
      }
    }
  }

  @Test
  void aDamagedIndex_isReportedAndEndsCollections() throws IOException {
    StoredObject object = object("text");
    try (S3Store writer = open("writer")) {
      store(writer, object);
    }
    String key = flip(-20);
    try (S3Store reader = open("reader")) {
      assertThatExceptionOfType(ObjectNotFoundException.class)
          .isThrownBy(() -> reader.get(object.digest()))
          .withMessageContaining(key)
          .withMessageContaining("damaged");
      assertThat(reader.verify(HERE)).hasSize(1);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> reader.collect(refs, Duration.ZERO, HERE))
          .withMessageContaining(key);
    }
  }

  @Test
  void aDamagedCache_isFetchedAgain() throws IOException {
    List<StoredObject> objects = List.of(random(1, 3_000_000), object("small"), random(2, 5_000));
    try (S3Store writer = open("writer")) {
      store(writer, objects.toArray(StoredObject[]::new));
    }
    try (S3Store reader = open("reader")) {
      objects.forEach(object -> assertThat(reader.get(object.digest())).isEqualTo(object));
    }
    try (Stream<Path> files = Files.list(directory.resolve("reader"))) {
      int number = 0;
      for (Path file : files.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, number++ % 2 == 0 ? bytes : new byte[3]);
      }
      assertThat(number).isGreaterThan(3);
    }
    try (S3Store reader = open("reader")) {
      objects.forEach(object -> assertThat(reader.get(object.digest())).isEqualTo(object));
    }
  }

  @Test
  void theCache_staysBelowItsLimit() throws IOException {
    long limit = 4 << 20;
    try (S3Store store = S3Store.open(client, bucket, "", directory.resolve("small"), limit)) {
      for (int i = 0; i < 8; i++) {
        store(store, random(i, 3 << 20));
        assertThat(store.get(random(i, 3 << 20).digest())).isEqualTo(random(i, 3 << 20));
        try (Stream<Path> files = Files.list(directory.resolve("small"))) {
          assertThat(files.mapToLong(file -> file.toFile().length()).sum())
              .isLessThanOrEqualTo(limit + limit / 8 + (1 << 20));
        }
      }
    }
    try (S3Store store = S3Store.open(client, bucket, "", directory.resolve("none"), 0)) {
      assertThat(store.get(random(0, 3 << 20).digest())).isEqualTo(random(0, 3 << 20));
    }
  }
}
