package dev.mlstack.s3;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Clients of a server on this machine. */
final class Clients {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Clients() {}

  /** Returns a client that sends nothing twice by itself. The caller closes it. */
  static S3Client of(int port) {
    return of(port, PATIENCE);
  }

  /** Returns a client that waits for an answer for some time only. The caller closes it. */
  static S3Client of(int port, Duration patience) {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(patience))
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  /** Creates a bucket and returns its name. */
  static String newBucket(S3Client client) {
    String name = "b" + UUID.randomUUID();
    client.createBucket(request -> request.bucket(name));
    return name;
  }

  /** Returns the keys that begin with a prefix. */
  static List<String> keys(S3Client client, String bucket, String prefix) {
    return client
        .listObjectsV2(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }
}
