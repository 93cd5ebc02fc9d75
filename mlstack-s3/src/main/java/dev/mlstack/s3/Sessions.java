package dev.mlstack.s3;

import dev.mlstack.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one who has a store open. It begins with the first lease, and a daemon thread
 * keeps it alive as long as somebody uses it. Safe for use by several threads.
 */
final class Sessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** How many beats fit into the time that an owner may be silent. */
  private static final int BEATS = 6;

  private final Bucket bucket;
  private final Duration silence;
  private @Nullable Session session; // Guarded by this, as are the others.
  private @Nullable ScheduledExecutorService heart;
  private int users;
  private boolean failing;

  Sessions(Bucket bucket, Duration silence) {
    this.bucket = bucket;
    this.silence = silence;
  }

  /** Returns a session that lives. Whoever asks for it releases it. */
  synchronized Session acquire() {
    if (session != null && !isAlive(session)) {
      session = null;
    }
    if (session == null) {
      session = new Session(bucket, silence);
    }
    if (heart == null) {
      heart = start();
    }
    users++;
    return session;
  }

  /** One that was idle may have been silent for long. */
  private static boolean isAlive(Session session) {
    if (!session.isLost()) {
      try {
        session.confirm();
      } catch (StoreException e) {
        if (!session.isLost()) {
          throw e;
        }
      }
    }
    return !session.isLost();
  }

  /** Says that one who asked for a session needs it no more. */
  synchronized void release() {
    users--;
  }

  private ScheduledExecutorService start() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "mlstack-s3-session");
              thread.setDaemon(true);
              return thread;
            });
    long period = silence.toMillis() / BEATS;
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
    return executor;
  }

  private void beat() {
    Session beating;
    synchronized (this) {
      beating = users > 0 ? session : null;
    }
    if (beating == null) {
      return;
    }
    try {
      beating.beat();
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("cannot keep leases alive; trying again", e);
      }
      failing = true;
    }
  }

  @Override
  public synchronized void close() {
    if (heart != null) {
      heart.shutdown();
      heart = null;
    }
    if (session != null) {
      Session last = session;
      session = null;
      try {
        last.end();
      } catch (StoreException e) {
        return; // It ends by itself.
      }
    }
  }
}
