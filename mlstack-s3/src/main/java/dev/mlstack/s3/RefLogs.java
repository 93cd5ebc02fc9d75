package dev.mlstack.s3;

import dev.mlstack.s3.Bucket.Content;
import dev.mlstack.s3.Bucket.Found;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads and writes the logs of refs. What was read is remembered with its tag, so that a log which
 * has not changed is not sent again. Safe for use by several threads.
 */
final class RefLogs {

  /** How often a server may refuse a move for no reason that can be seen. */
  private static final int MOST_REFUSALS = 20;

  private final Bucket bucket;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  RefLogs(Bucket bucket) {
    this.bucket = bucket;
  }

  private record Known(Content content, RefLog log) {}

  /** Returns the newest moves of a ref, or nothing if it never existed. */
  Optional<RefLog> find(RefName name) {
    return read(RefKeys.log(name)).map(Known::log);
  }

  /** Returns the newest moves of a ref that was found in a list. */
  Optional<RefLog> find(Found found) {
    Known last = known.get(found.key());
    return last != null && last.content().etag().equals(found.etag())
        ? Optional.of(last.log())
        : read(found.key()).map(Known::log);
  }

  private Optional<Known> read(String key) {
    Known last = known.get(key);
    Optional<Content> content = bucket.get(key, last == null ? null : last.content());
    if (last != null && content.filter(c -> c.etag().equals(last.content().etag())).isPresent()) {
      return Optional.of(last);
    }
    Optional<Known> read = content.map(found -> new Known(found, parse(key, found.bytes())));
    read.ifPresent(now -> known.put(key, now));
    return read;
  }

  private RefLog parse(String key, byte[] bytes) {
    try {
      return RefLog.parse(bytes);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "the ref at "
              + bucket.describe(key)
              + " is damaged: "
              + e.getMessage()
              + "; restore it from a copy of the bucket",
          e);
    }
  }

  /** Returns all moves of a ref, the oldest first. */
  List<RefLine> history(RefName name) {
    Optional<RefLog> log = find(name);
    return log.isEmpty() ? List.of() : history(name, log.get());
  }

  private List<RefLine> history(RefName name, RefLog newest) {
    List<RefLog> logs = new ArrayList<>(List.of(newest));
    for (Optional<Digest> before = newest.before(); before.isPresent(); ) {
      RefLog log = before(name, before.get());
      logs.add(0, log);
      before = log.before();
    }
    return logs.stream().flatMap(log -> log.lines().stream()).toList();
  }

  private RefLog before(RefName name, Digest digest) {
    String key = RefKeys.before(name, digest);
    byte[] bytes =
        bucket
            .get(key)
            .map(Content::bytes)
            .filter(found -> Digest.of(found).equals(digest))
            .orElseThrow(
                () ->
                    new StoreException(
                        "the history of ref "
                            + name
                            + " at "
                            + bucket.describe(key)
                            + " is damaged or missing; restore it from a copy of the bucket"));
    return parse(key, bytes);
  }

  /**
   * Moves a ref.
   *
   * @return whether it pointed to {@code from}, and moved
   */
  boolean change(RefName name, Optional<Digest> from, Optional<Digest> to, Cause cause) {
    String id = UUID.randomUUID().toString();
    long tried = 0;
    for (int refusals = 0; refusals < MOST_REFUSALS; refusals++) {
      Optional<Known> now = read(RefKeys.log(name));
      if (tried > 0 && has(name, now, id, tried)) {
        return true;
      }
      if (!now.flatMap(k -> k.log().last().move().to()).equals(from)) {
        return false;
      }
      long next = now.map(k -> k.log().last().number()).orElse(0L) + 1;
      refusals = next == tried ? refusals : 0; // Somebody else has moved it.
      tried = next;
      Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
      if (write(name, now, new RefLine(tried, id, new RefMove(from, to, at, cause)))) {
        return true;
      }
    }
    throw new StoreException(
        "cannot change ref "
            + name
            + " at "
            + bucket.describe(RefKeys.log(name))
            + ": the server refuses to replace it although nobody else has; check whether it"
            + " honours the condition If-Match on PUT");
  }

  /** Tells whether an attempt of ours has moved the ref. */
  private boolean has(RefName name, Optional<Known> now, String id, long number) {
    return now.map(Known::log)
        .filter(
            log ->
                log.has(id)
                    || (log.beginsAfter(number)
                        && history(name, log).stream().anyMatch(line -> line.id().equals(id))))
        .isPresent();
  }

  private boolean write(RefName name, Optional<Known> now, RefLine line) {
    String key = RefKeys.log(name);
    byte[] bytes = now.map(k -> append(name, k, line)).orElseGet(() -> first(line)).toBytes();
    Optional<String> etag;
    try {
      etag =
          now.isEmpty()
              ? bucket.create(key, bytes)
              : bucket.replace(key, bytes, now.get().content().etag());
    } catch (StoreException e) {
      return hasLanded(name, line, e);
    }
    etag.ifPresent(tag -> known.put(key, new Known(new Content(bytes, tag), RefLog.parse(bytes))));
    return etag.isPresent();
  }

  private static RefLog first(RefLine line) {
    return new RefLog(Optional.empty(), List.of(line));
  }

  private RefLog append(RefName name, Known now, RefLine line) {
    byte[] bytes = now.content().bytes();
    if (!now.log().isFull(bytes.length)) {
      return now.log().with(line);
    }
    // Whoever else puts it aside writes the same bytes.
    Digest digest = Digest.of(bytes);
    bucket.put(RefKeys.before(name, digest), bytes, bytes.length);
    return new RefLog(Optional.of(digest), List.of(line));
  }

  /** Looks what became of a move of which no answer came. */
  private boolean hasLanded(RefName name, RefLine line, StoreException failure) {
    try {
      if (has(name, read(RefKeys.log(name)), line.id(), line.number())) {
        return true;
      }
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
    throw new StoreException(
        "cannot change ref "
            + name
            + ": "
            + failure.getMessage()
            + "; if no answer came, it may still move: look where it points before trying again",
        failure);
  }
}
