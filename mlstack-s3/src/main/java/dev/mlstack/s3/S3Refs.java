package dev.mlstack.s3;

import dev.mlstack.core.internal.Followers;
import dev.mlstack.core.internal.Followers.State;
import dev.mlstack.s3.Bucket.Found;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.Subscription;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps refs in a bucket that is reached over the S3 protocol, which may be that of an {@link
 * S3Store}, for any number of hosts.
 *
 * <pre>
 * refs.json   the format: {"format":"s3-refs/1"}
 * refs/       an object for each ref: its newest moves
 * history/    for refs that have moved often, the moves before
 * </pre>
 *
 * <p>A move replaces the object on condition that it is still the one that was read; the server
 * decides who wins. Nobody waits for somebody else, and nothing has to be cleared up after the
 * dead. Each move has an identity, so that one whose answer was lost is found in the history and
 * reported as what it was. Only if the server cannot be asked any more does the failure say that
 * the outcome is not known.
 *
 * <p>As long as refs are followed, a daemon thread looks every {@value #POLL_MILLIS} ms for moves
 * that others made: one small request for each ref that is followed. It calls the listeners of
 * these; those of our own moves are called by the thread that moves.
 *
 * <p>The time of a move is that of the host that moved it; the order is that of the log.
 */
public final class S3Refs implements Refs {

  /** How often others' moves are looked for while a ref is followed, in milliseconds. */
  public static final long POLL_MILLIS = 1_000;

  private static final VersionedName FORMAT = new VersionedName("s3-refs", 1);
  private static final String MARKER = "refs.json";

  private final Bucket bucket;
  private final RefLogs logs;
  private final Followers followers = new Followers(this::state);
  private @Nullable ScheduledExecutorService poll; // Guarded by followers.
  private volatile boolean closed;

  private S3Refs(Bucket bucket) {
    this.bucket = bucket;
    this.logs = new RefLogs(bucket);
  }

  /**
   * Opens the refs below a prefix. The caller closes them, and the client after that.
   *
   * @param client reaches the server with the credentials, region, endpoint and time limits that
   *     the application has set
   * @param bucket the name of the bucket, which must exist
   * @param prefix what all keys begin with: empty, or segments that each end with a slash, such as
   *     {@code team/models/}
   * @throws IOException if the prefix holds refs of another format, the server ignores conditions
   *     or cannot be reached
   */
  public static S3Refs open(S3Client client, String bucket, String prefix) throws IOException {
    Bucket opened = new Bucket(client, bucket, prefix);
    FormatMarker.require(opened, MARKER, FORMAT);
    return new S3Refs(opened);
  }

  @Override
  public Optional<Ref> find(RefName name) {
    requireOpen();
    return state(name).toRef(name);
  }

  private State state(RefName name) {
    return logs.find(name).map(RefLog::state).orElse(State.NEVER);
  }

  @Override
  public boolean create(RefName name, Digest to, Cause cause) {
    return change(name, Optional.empty(), Optional.of(to), cause);
  }

  @Override
  public boolean move(RefName name, Digest from, Digest to, Cause cause) {
    return change(name, Optional.of(from), Optional.of(to), cause);
  }

  @Override
  public boolean delete(RefName name, Digest from, Cause cause) {
    return change(name, Optional.of(from), Optional.empty(), cause);
  }

  private boolean change(RefName name, Optional<Digest> from, Optional<Digest> to, Cause cause) {
    requireOpen();
    boolean changed = logs.change(name, from, to, cause);
    if (changed) {
      followers.tell(name);
    }
    return changed;
  }

  @Override
  public List<RefMove> history(RefName name) {
    requireOpen();
    return logs.history(name).stream().map(RefLine::move).toList();
  }

  @Override
  public List<Ref> list(RefName prefix) {
    requireOpen();
    return existing(RefKeys.below(prefix));
  }

  @Override
  public List<Ref> list() {
    requireOpen();
    return existing(RefKeys.REFS);
  }

  private List<Ref> existing(String start) {
    return bucket.list(start).objects().stream()
        .filter(found -> RefKeys.isLog(found.key()))
        .flatMap(found -> ref(found).stream())
        .sorted(Comparator.comparing(Ref::name))
        .toList();
  }

  private Optional<Ref> ref(Found found) {
    RefName name = RefKeys.name(found.key());
    return logs.find(found).flatMap(log -> log.state().toRef(name));
  }

  @Override
  public Subscription follow(RefName name, Consumer<Optional<Ref>> listener) {
    requireOpen();
    Subscription subscription = followers.add(name, listener);
    synchronized (followers) {
      if (poll == null && !closed) {
        poll = startPoll();
      }
    }
    return () -> {
      subscription.close();
      synchronized (followers) {
        if (followers.isEmpty()) {
          endPoll();
        }
      }
    };
  }

  private ScheduledExecutorService startPoll() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "mlstack-s3-refs");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            followers::tellAll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    return executor;
  }

  /** Called under the lock of followers. */
  private void endPoll() {
    if (poll != null) {
      poll.shutdown();
      poll = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    followers.clear();
    synchronized (followers) {
      endPoll();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the refs at " + bucket.describe("") + " are closed; open them again");
    }
  }
}
