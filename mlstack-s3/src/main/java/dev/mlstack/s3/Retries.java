package dev.mlstack.s3;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends a request again when it failed for a reason that passes: no answer, an answer that was cut
 * off, {@code 503 SlowDown}, another error of the server. This comes on top of what the client
 * itself repeats, which is the application's choice and may be nothing.
 *
 * <p>Before the n-th repetition it waits for at least half of, and at most, {@value #FIRST_MILLIS}
 * · 2<sup>n-1</sup> ms, so that many who were refused at once do not come back at once.
 */
final class Retries {

  /** How often a request is sent at most. */
  static final int MOST = 5;

  private static final long FIRST_MILLIS = 100;

  private Retries() {}

  /** Returns what a request gives; throws the last failure if all attempts fail. */
  static <T> T run(Supplier<T> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (SdkException e) {
        if (attempt == MOST || !Failures.isTransient(e)) {
          throw e;
        }
        sleep(FIRST_MILLIS << (attempt - 1), e);
      }
    }
  }

  private static void sleep(long millis, SdkException failure) {
    long half = Math.max(1, millis / 2);
    try {
      // No generator is needed to come back at different moments.
      TimeUnit.MILLISECONDS.sleep(half + Math.floorMod(System.nanoTime() / 1_000, half));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.builder().message("interrupted").cause(failure).build();
    }
  }
}
