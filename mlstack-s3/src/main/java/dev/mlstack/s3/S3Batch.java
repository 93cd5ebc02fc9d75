package dev.mlstack.s3;

import dev.mlstack.core.internal.DigestSet;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A batch of an {@link S3Store}: leases and, as long as something is not committed, a pack in the
 * making. Its methods are synchronized because the store may be closed by another thread.
 *
 * <p>An object that the store already has must be under a lease before the batch relies on it, and
 * each lease takes requests. So with the first object of a pack the batch leases one, with the
 * second two more of the same pack, then four: a batch of which most was stored before takes a
 * number of requests that grows with the logarithm of its objects. What was leased in vain is
 * spared by collections until the batch is closed, and no longer.
 */
final class S3Batch implements Batch {

  /** What others have stored within this time may be stored a second time. */
  private static final Duration MOMENT = Duration.ofSeconds(10);

  private final S3Parts parts;
  private final Consumer<S3Batch> onClose;
  private final DigestSet put = new DigestSet();
  private final DigestSet reliable = new DigestSet();
  private final Set<String> unreliablePacks = new HashSet<>();
  private final List<Digest> unleased = new ArrayList<>();
  private int window = 1;
  private @Nullable Session session;
  private @Nullable Leases leases;
  private @Nullable PackBuilder builder;
  private boolean committed;
  private boolean failed;
  private boolean closed;

  /**
   * Creates a batch without objects.
   *
   * @param onClose called once when the batch is closed
   */
  S3Batch(S3Parts parts, Consumer<S3Batch> onClose) {
    this.parts = parts;
    this.onClose = onClose;
  }

  @Override
  public synchronized Digest put(StoredObject object) {
    requireUsable();
    Digest digest = object.digest();
    if (put.contains(digest)) {
      return digest;
    }
    try {
      parts.catalog().refreshUnlessWithin(MOMENT);
      if (!canRelyOn(digest)) {
        unleased.add(digest);
        builder().append(object);
      }
    } catch (StoreException e) {
      throw failure("add " + object + " to a batch", e);
    }
    put.add(digest);
    return digest;
  }

  private PackBuilder builder() {
    if (builder == null) {
      builder = parts.newPack();
    }
    return builder;
  }

  private Leases leases() {
    if (leases == null) {
      session = parts.sessions().acquire();
      leases = new Leases(parts.bucket(), session);
    }
    return leases;
  }

  /** Tells whether an object is there and stays as long as this batch is open. */
  private boolean canRelyOn(Digest digest) {
    while (!reliable.contains(digest)) {
      Place place = parts.catalog().find(digest);
      if (place == null || unreliablePacks.contains(place.pack().name())) {
        return false;
      }
      lease(place);
    }
    return true;
  }

  /** First says what it relies on, then looks whether that may be: see {@link S3Store}. */
  private void lease(Place place) {
    PackIndex pack = place.pack();
    List<Digest> next = new ArrayList<>();
    int position = pack.find(place.entry().digest().toBytes());
    for (int i = 0; i < pack.count() && next.size() < window; i++) {
      Digest digest = pack.digest((position + i) % pack.count());
      if (!reliable.contains(digest)) {
        next.add(digest);
      }
    }
    window = Math.min(2 * window, 1 << 20);
    leases().publish(next);
    if (parts.condemned().names().contains(pack.name())) {
      unreliablePacks.add(pack.name());
    } else if (parts.bucket().exists(place.key())) {
      next.forEach(reliable::add);
    } else {
      parts.catalog().remove(List.of(pack));
    }
  }

  @Override
  public synchronized void commit() {
    requireUsable();
    try {
      if (!unleased.isEmpty()) {
        leases().publish(unleased);
        unleased.clear();
      }
      if (builder != null) {
        PackIndex pack = builder.publish(0);
        builder = null;
        parts.catalog().add(pack);
      }
      if (session != null) {
        session.confirm();
        committed = true;
      }
    } catch (StoreException e) {
      throw failure("commit a batch", e);
    }
  }

  private StoreException failure(String what, StoreException cause) {
    failed = true;
    abandon();
    return new StoreException(
        "cannot "
            + what
            + " of "
            + parts.bucket().describe("")
            + " (what was not committed before counts as not stored): "
            + cause.getMessage(),
        cause);
  }

  private void abandon() {
    if (builder != null) {
      builder.abort();
      builder = null;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreException if the lease was lost since the last commit, because this process was
   *     stopped for long: what was committed may have been collected before its ref landed
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    onClose.accept(this);
    abandon();
    if (session == null || leases == null) {
      return;
    }
    try {
      if (committed && !failed) {
        session.confirm();
      }
      endLeases(leases);
    } finally {
      parts.sessions().release();
    }
  }

  private static void endLeases(Leases leases) {
    try {
      leases.close();
    } catch (StoreException e) {
      return; // They end with the session.
    }
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("the batch is closed; open another one");
    }
    if (failed) {
      throw new IllegalStateException(
          "the batch has failed; close it and put its objects into another one");
    }
  }
}
