package dev.mlstack.s3;

import dev.mlstack.s3.Bucket.Content;
import dev.mlstack.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The turn of one who collects: an object that says who does. It ends when it is closed or its
 * owner is declared dead. Nothing is at stake but work: collections may run at once without harm.
 */
final class Turn implements AutoCloseable {

  private static final String COLLECTING = "collecting";
  private static final long WAIT_MILLIS = 250;

  private final Bucket bucket;

  private Turn(Bucket bucket) {
    this.bucket = bucket;
  }

  /**
   * Waits for the turn and takes it.
   *
   * @param check called while it waits; may throw to give up
   */
  static Turn take(Bucket bucket, Session session, Runnable check) {
    byte[] mine =
        (session.id() + "\n" + UUID.randomUUID() + "\n").getBytes(StandardCharsets.US_ASCII);
    while (true) {
      check.run();
      if (bucket.create(COLLECTING, mine).isPresent()) {
        return new Turn(bucket);
      }
      Optional<Content> other = bucket.get(COLLECTING);
      if (other.isPresent()
          && isAbandoned(bucket, other.get())
          && bucket.replace(COLLECTING, mine, other.get().etag()).isPresent()) {
        return new Turn(bucket);
      }
      await();
    }
  }

  private static boolean isAbandoned(Bucket bucket, Content turn) {
    String text = new String(turn.bytes(), StandardCharsets.US_ASCII);
    return !Session.live(bucket).contains(text.lines().findFirst().orElse(""));
  }

  private static void await() {
    try {
      TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while another collection was under way", e);
    }
  }

  /** Ends the turn. */
  @Override
  public void close() {
    try {
      bucket.delete(COLLECTING);
    } catch (StoreException e) {
      return; // It ends with the session.
    }
  }
}
