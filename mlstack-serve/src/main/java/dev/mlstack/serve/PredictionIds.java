package dev.mlstack.serve;

import dev.mlstack.predict.PredictionId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gives identities to the predictions of one endpoint: distinct, and growing, also while the clock
 * stands still or goes back. Safe for use by several threads.
 */
final class PredictionIds {

  private static final int COUNT_BITS = 16;

  private final LongSupplier millis;
  private final long endpoint = UUID.randomUUID().getLeastSignificantBits();
  private final AtomicLong last = new AtomicLong();

  PredictionIds() {
    this(System::currentTimeMillis);
  }

  /** Creates a source of identities with another clock, of milliseconds since 1970. */
  PredictionIds(LongSupplier millis) {
    this.millis = millis;
  }

  PredictionId next() {
    long now = millis.getAsLong() << COUNT_BITS;
    return new PredictionId(last.updateAndGet(before -> Math.max(before + 1, now)), endpoint);
  }
}
