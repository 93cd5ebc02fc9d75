package dev.mlstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.Flowers.Flower;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.predict.Prediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.release.Release;
import dev.mlstack.run.RunQuery;
import dev.mlstack.s3.S3Refs;
import dev.mlstack.s3.S3Store;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ChildJvm;
import dev.mlstack.testkit.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Two processes with a directory each, as on two hosts, that share one bucket: one trains, releases
 * and rolls back, the other one serves.
 */
@ExtendWith(S3Server.Provider.class)
class SharedStoreTest {

  private static final Flower FLOWER = new Flower(Optional.of(10.0), 2.5, "white");

  private final Path directory;
  private final int port;
  private final S3Client client;
  private final String bucket = "b" + UUID.randomUUID();

  SharedStoreTest(S3Server server, @TempDir Path directory) {
    this.directory = directory;
    this.port = server.port();
    this.client = client(port);
    client.createBucket(request -> request.bucket(bucket));
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  private static S3Client client(int port) {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .build();
  }

  /** What one process has open. */
  private record Host(ObjectStore objects, Refs refs, Workspace workspace)
      implements AutoCloseable {

    static Host open(S3Client client, String bucket, Path directory) throws IOException {
      S3Store objects = S3Store.open(client, bucket, "team/", directory.resolve("cache"));
      S3Refs refs = S3Refs.open(client, bucket, "team/");
      WorkspaceOptions options = WorkspaceOptions.defaults().withStore(objects, refs);
      return new Host(objects, refs, Workspace.open(directory, options));
    }

    @Override
    public void close() {
      workspace.close();
      refs.close();
      objects.close();
    }
  }

  @Test
  void aService_followsWhatATrainerOnAnotherHostReleases() throws Exception {
    try (Host host = Host.open(client, bucket, directory.resolve("trainer"))) {
      Workspace trainer = host.workspace();
      Snapshot data = Flowers.commit(trainer, Flowers.csv(directory, 200, 1));
      Release first = release(trainer, data, 0.1);
      String service = directory.resolve("service").toString();
      try (ChildJvm child =
          ChildJvm.start(Service.class, Integer.toString(port), bucket, service)) {
        String one = awaitAnswer(child, 1, first);
        Release second = release(trainer, data, 10);
        String two = awaitAnswer(child, 2, second);
        assertThat(two).isNotEqualTo(one);
        trainer.rollback(Flowers.NAME, "worse");
        Release third = trainer.releases().live(Flowers.NAME).orElseThrow();
        assertThat(awaitAnswer(child, 3, third)).as("the same bits as before").isEqualTo(one);
        child.tell("end");
        assertThat(child.await()).isZero();
        assertThat(child.lines()).contains("runs 2 problems 0 " + data.digest());
        String id =
            child.lines().stream().filter(l -> l.startsWith("last ")).findFirst().orElse("");
        assertThat(trainer.trace(PredictionId.parse(id.substring(5))).steps())
            .as("a prediction made there is traced here")
            .isNotEmpty();
      }
      assertThat(trainer.verify()).isEmpty();
      assertThat(Files.exists(directory.resolve("trainer/packs"))).isFalse();
    }
  }

  @Test
  void aWorkspaceInMemory_takesNoOtherStore() throws IOException {
    try (S3Store objects = S3Store.open(client, bucket, "", directory);
        S3Refs refs = S3Refs.open(client, bucket, "")) {
      WorkspaceOptions options = WorkspaceOptions.defaults().withStore(objects, refs);
      assertThatIllegalArgumentException().isThrownBy(() -> Workspace.inMemory(options));
    }
  }

  private static Release release(Workspace workspace, Snapshot data, double l2) {
    try (TrainedModel<?> model = Flowers.train(workspace, data, l2)) {
      return workspace.promote(Flowers.NAME, model, "l2 " + l2);
    }
  }

  /** Waits until the service answers anew; returns the answer, which must be of a release. */
  private static String awaitAnswer(ChildJvm child, int number, Release release)
      throws InterruptedException {
    String start = "answer " + number + " ";
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      List<String> lines = child.lines();
      Optional<String> found = lines.stream().filter(l -> l.startsWith(start)).findFirst();
      if (found.isPresent()) {
        String wanted = start + release.digest() + " ";
        assertThat(found.get()).startsWith(wanted);
        return found.get().substring(wanted.length());
      }
      assertThat(System.nanoTime()).as("%s", lines).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** The other process: answers with whatever is live, and says so when that changes. */
  static final class Service {
    private Service() {}

    public static void main(String[] args) throws Exception {
      try (S3Client client = client(Integer.parseInt(args[0]));
          Host host = Host.open(client, args[1], Path.of(args[2]))) {
        Workspace workspace = host.workspace();
        Prediction<?> last;
        try (Endpoint<Flower, ?> endpoint = Flowers.endpoint(workspace)) {
          String before = "";
          int answers = 0;
          do {
            last = endpoint.predict(FLOWER);
            if (!last.release().hex().equals(before)) {
              before = last.release().hex();
              ChildJvm.say("answer " + ++answers + " " + before + " " + last.value());
            }
            TimeUnit.MILLISECONDS.sleep(20);
          } while (System.in.available() == 0);
        }
        workspace.predictions().flush();
        int problems = workspace.refreshIndex().size();
        int runs = workspace.tracker().list(RunQuery.all()).size();
        Digest data = workspace.dataset(Flowers.NAME).head().orElseThrow().digest();
        ChildJvm.say("runs " + runs + " problems " + problems + " " + data);
        ChildJvm.say("last " + last.id());
      }
    }
  }
}
