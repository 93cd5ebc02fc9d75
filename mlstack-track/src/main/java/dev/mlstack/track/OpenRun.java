package dev.mlstack.track;

import dev.mlstack.core.json.Json;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunLimits;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.track.Entry.Direction;
import dev.mlstack.track.environment.Environment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A run under way in this process. */
final class OpenRun implements Run {

  private final RunId id;
  private final JournalTracker tracker;
  private final EntryQueue queue;
  private final CompletableFuture<Environment> environment;

  /** How many characters all parameters and tags have now. */
  private final AtomicLong length = new AtomicLong();

  private final Map<String, Integer> tagLengths = new ConcurrentHashMap<>();
  private final Map<String, String> params = new ConcurrentHashMap<>();
  private final Map<String, Digest> inputs = new ConcurrentHashMap<>();
  private final Map<String, Digest> outputs = new ConcurrentHashMap<>();

  /** Held while the run is being ended; guards {@link #ended}. */
  private final ReentrantLock ending = new ReentrantLock();

  private boolean ended;

  /** Whether entries are taken; guarded by the lock of the queue. */
  private boolean accepting = true;

  OpenRun(
      RunId id,
      RunRequest request,
      JournalTracker tracker,
      EntryQueue queue,
      CompletableFuture<Environment> environment) {
    this.id = id;
    this.tracker = tracker;
    this.queue = queue;
    this.environment = environment;
    request.tags().forEach(this::requireRoomForTag);
  }

  @Override
  public RunId id() {
    return id;
  }

  @Override
  public void param(String name, Value value) {
    RunLimits.requireName("name of a parameter", name);
    String json = RunLimits.requireParam(name, value);
    Json.parse(json);
    queue.requireAccepting(this);
    if (!params.containsKey(name)) {
      requireRoom(json.length());
    }
    once("parameter", params, name, json, new Entry.Param(this, name, json));
  }

  @Override
  public void metric(String name, long step, double value) {
    RunLimits.requireName("name of a metric", name);
    double canonical = value == 0 ? 0.0 : value;
    queue.put(new Entry.Metric(this, name, step, System.currentTimeMillis(), canonical));
  }

  @Override
  public void tag(String name, String value) {
    RunLimits.requireName("name of a tag", name);
    RunLimits.requireText("tag '" + name + "'", value);
    requireRoomForTag(name, value);
    queue.put(new Entry.Tag(this, name, value));
  }

  @Override
  public void input(String role, Digest digest) {
    link(Direction.INPUT, inputs, role, digest);
  }

  @Override
  public void output(String role, Digest digest) {
    link(Direction.OUTPUT, outputs, role, digest);
  }

  private void link(Direction direction, Map<String, Digest> links, String role, Digest digest) {
    RunLimits.requireRole(role);
    queue.requireAccepting(this);
    String what = direction == Direction.INPUT ? "input" : "output";
    once(what, links, role, digest, new Entry.Link(this, direction, role, digest));
  }

  private void requireRoomForTag(String name, String value) {
    tagLengths.compute(
        name,
        (same, before) -> {
          requireRoom(value.length() - (before == null ? 0 : before));
          return value.length();
        });
  }

  /** Checks that the record of the run will have room for so many characters more. */
  private void requireRoom(int growth) {
    if (length.addAndGet(growth) > RunLimits.MAX_TOTAL_LENGTH && growth > 0) {
      length.addAndGet(-growth);
      throw new IllegalArgumentException(
          "parameters and tags of a run must have at most "
              + RunLimits.MAX_TOTAL_LENGTH
              + " characters together; store what is longer as an output");
    }
  }

  /** Logs what may be logged again only if it is the same. */
  private <T> void once(String what, Map<String, T> before, String name, T value, Entry entry) {
    T earlier = before.putIfAbsent(name, value);
    if (earlier == null) {
      boolean logged = false;
      try {
        queue.put(entry);
        logged = true;
      } finally {
        if (!logged) {
          before.remove(name, value);
        }
      }
    } else if (!earlier.equals(value)) {
      throw new IllegalArgumentException(
          what + " '" + name + "' is written once; it was " + earlier + " and cannot be " + value);
    }
  }

  @Override
  public CompletableFuture<Void> flush() {
    return queue.flush(this);
  }

  @Override
  public Digest finish(RunStatus status) {
    if (status == RunStatus.RUNNING) {
      throw new IllegalArgumentException("a run ends as FINISHED, FAILED or KILLED, not RUNNING");
    }
    return tracker.end(this, status).orElseThrow(this::hasEnded);
  }

  @Override
  public void close() {
    tracker.end(this, RunStatus.FAILED);
  }

  /** Returns the lock that is held while the run is being ended. */
  ReentrantLock ending() {
    return ending;
  }

  /** Tells whether the run has been sealed. Called with {@link #ending()} held. */
  boolean ended() {
    return ended;
  }

  /** Notes that the run has been sealed. Called with {@link #ending()} held. */
  void end() {
    ended = true;
  }

  /**
   * Logs the environment as soon as it is known, so that it is known of a run that is killed, too.
   */
  void logEnvironmentSoon() {
    // If it fails, ending the run logs it again.
    var unused = environment.thenRun(this::logEnvironment);
  }

  /** Waits until the environment is known, and logs it. */
  void logEnvironment() {
    queue.put(new Entry.Captured(this, environment.join()));
  }

  /** Called by the queue with its lock held. */
  void accept(boolean accepted) {
    accepting = accepted;
  }

  /** Called by the queue with its lock held. */
  void requireAccepting() {
    if (!accepting) {
      throw hasEnded();
    }
  }

  private IllegalStateException hasEnded() {
    return new IllegalStateException("run " + id + " has ended; nothing can be logged any more");
  }
}
