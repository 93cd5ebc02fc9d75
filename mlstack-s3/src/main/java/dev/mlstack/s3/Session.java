package dev.mlstack.s3;

import dev.mlstack.s3.Bucket.Content;
import dev.mlstack.s3.Bucket.Found;
import dev.mlstack.s3.Bucket.Listing;
import dev.mlstack.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Proof that the owner of leases is still there: an object that it writes again and again. One that
 * stays silent for longer than the name of the object says may be declared dead, by the clock of
 * the server alone; what clocks the hosts have does not matter.
 *
 * <p>Both writes are conditional on the tag of the object, and every beat writes other bytes. So of
 * a beat and a declaration of death exactly one succeeds, however late it arrives: an owner that
 * was stopped for long, and still succeeds in its next beat, was never dead; if it fails, it was,
 * and its leases are lost. Time only decides how long the leases of the dead are honoured.
 */
final class Session {

  /** Where sessions are. */
  static final String SESSIONS = "sessions/";

  private static final byte[] DEAD = {};

  private final Bucket bucket;
  private final String id;
  private final Duration silence;
  private String etag; // Guarded by this, as are the others.
  private long beats;
  private long beatNanos;
  private long beatMillis;
  private boolean lost;

  /**
   * Begins a session.
   *
   * @param silence how long the owner may be silent, a number of seconds
   */
  Session(Bucket bucket, Duration silence) {
    this.bucket = bucket;
    this.id = UUID.randomUUID().toString().replace("-", "") + "." + silence.toSeconds();
    this.silence = silence;
    noteTime();
    this.etag =
        bucket
            .create(key(id), body())
            .orElseThrow(() -> new StoreException("cannot begin a session: " + id + " exists"));
  }

  private static String key(String id) {
    return SESSIONS + id;
  }

  private byte[] body() {
    return ("beat " + beats + " of " + id + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Notes when a beat was sent: the server writes it later than that. */
  private void noteTime() {
    beatNanos = System.nanoTime();
    beatMillis = System.currentTimeMillis();
  }

  /** Returns what names this session; leases carry it in their keys. */
  String id() {
    return id;
  }

  /** Tells whether this session was declared dead. */
  synchronized boolean isLost() {
    return lost;
  }

  /**
   * Makes sure that nobody has declared this session dead, and that nobody may for a while.
   *
   * @throws StoreException if somebody has, or the server cannot be asked
   */
  synchronized void confirm() {
    if (!isFresh()) {
      beat();
    }
    if (lost) {
      throw new StoreException(
          "the session "
              + bucket.describe(key(id))
              + " has ended, because this process was silent for "
              + silence
              + "; what its batches relied on may have been collected: put the objects into a new"
              + " batch");
    }
  }

  /**
   * Half of the time that the owner may be silent has not passed since the last beat, neither by
   * the clock that stands still while the machine sleeps nor by the one that may be set back.
   */
  private boolean isFresh() {
    Duration half = silence.dividedBy(2);
    return !lost
        && System.nanoTime() - beatNanos < half.toNanos()
        && System.currentTimeMillis() - beatMillis < half.toMillis();
  }

  /** Says once more that the owner is there. */
  synchronized void beat() {
    if (lost) {
      return;
    }
    long nanos = System.nanoTime();
    long millis = System.currentTimeMillis();
    beats++;
    Optional<String> written = bucket.replace(key(id), body(), etag);
    if (written.isEmpty()) {
      // An earlier beat may have landed although it seemed to fail: only the owner writes beats.
      written =
          bucket
              .get(key(id))
              .filter(found -> found.bytes().length > 0)
              .map(Content::etag)
              .flatMap(tag -> bucket.replace(key(id), body(), tag));
    }
    lost = written.isEmpty();
    written.ifPresent(
        tag -> {
          etag = tag;
          beatNanos = nanos;
          beatMillis = millis;
        });
  }

  /** Ends the session. Its leases must have ended before. */
  void end() {
    bucket.delete(key(id));
  }

  /** Returns the sessions whose owners live. Those that were silent for too long are ended. */
  static Set<String> live(Bucket bucket) {
    Set<String> live = new HashSet<>();
    Listing listing = bucket.list(SESSIONS);
    for (Found found : listing.objects()) {
      if (isDead(found, listing.now())
          && (found.size() == 0 || bucket.replace(found.key(), DEAD, found.etag()).isPresent())) {
        bucket.delete(found.key());
      } else {
        live.add(found.last());
      }
    }
    return live;
  }

  private static boolean isDead(Found found, Instant now) {
    String seconds = found.last().substring(found.last().indexOf('.') + 1);
    Duration silence = Duration.ofSeconds(Long.parseLong(seconds));
    return found.size() == 0 || Duration.between(found.modified(), now).compareTo(silence) > 0;
  }
}
