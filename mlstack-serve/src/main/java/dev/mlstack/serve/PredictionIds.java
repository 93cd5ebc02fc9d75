package dev.mlstack.serve;

import dev.mlstack.predict.PredictionId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Gives identities to the predictions of one endpoint: distinct, and growing. */
final class PredictionIds {

  private static final int COUNT_BITS = 16;

  private final long endpoint = UUID.randomUUID().getLeastSignificantBits();
  private final AtomicLong last = new AtomicLong();

  PredictionId next() {
    long now = System.currentTimeMillis() << COUNT_BITS;
    return new PredictionId(last.updateAndGet(before -> Math.max(before + 1, now)), endpoint);
  }
}
