package dev.mlstack.core.store;

import dev.mlstack.core.internal.Followers;
import dev.mlstack.core.internal.Followers.State;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.Subscription;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps refs in a directory of the local disk, which may be that of a {@link DirectoryStore}.
 *
 * <pre>
 * refs.json   the format: {"format":"refs/1"}
 * refs/       a file for each ref: its moves, one line each
 * live/       a locked file for each who has the refs open and has moved one
 * </pre>
 *
 * <p>Any number of threads, instances and processes of one machine may use a directory at once;
 * network file systems are not supported. Those who move refs take turns, readers never wait. A
 * move is forced to the disk before it is acknowledged. A line that a dying process could not
 * finish counts as not written.
 *
 * <p>As long as refs are followed, a daemon thread looks {@value #POLLS_PER_SECOND} times a second
 * for moves that others made. It calls the listeners of these; those of our own moves are called by
 * the thread that moves.
 */
public final class DirectoryRefs implements Refs {

  /** How often others' moves are looked for while a ref is followed. */
  public static final int POLLS_PER_SECOND = 4;

  private static final VersionedName FORMAT = new VersionedName("refs", 1);
  private static final String MARKER = "refs.json";
  private static final String REFS = "refs";
  private static final String TURN = ".move";

  private final Path directory;
  private final RefFiles files;
  private final Presence presence;
  private final Turns turns;
  private final Followers followers = new Followers(this::state);
  private final Object moving = new Object();
  private final Set<RefName> durable = new HashSet<>(); // Guarded by moving.
  private @Nullable ScheduledExecutorService poll; // Guarded by followers.
  private volatile boolean closed;

  private DirectoryRefs(Path directory) {
    this.directory = directory;
    Path live = directory.resolve(StoreDirectory.LIVE);
    files = new RefFiles(directory.resolve(REFS));
    presence = new Presence(live);
    turns = new Turns(presence, live, TURN);
  }

  /**
   * Opens the refs in a directory, which is created if it does not exist. The caller closes them.
   *
   * @throws IOException if {@code directory} is a file, holds refs of another format, or cannot be
   *     read or created
   */
  public static DirectoryRefs open(Path directory) throws IOException {
    Path root = directory.toAbsolutePath();
    Path live = root.resolve(StoreDirectory.LIVE);
    Disk.requireDirectory(root);
    Disk.requireDirectory(root.resolve(REFS));
    Disk.requireDirectory(live);
    FormatMarker.require(root, MARKER, FORMAT);
    DirectoryRefs refs = new DirectoryRefs(root);
    refs.presence.clear(live);
    return refs;
  }

  @Override
  public Optional<Ref> find(RefName name) {
    requireOpen();
    return state(name).toRef(name);
  }

  private State state(RefName name) {
    try {
      return state(log(name).end());
    } catch (IOException e) {
      throw failure("read ref " + name, e);
    }
  }

  private static State state(RefLog.End end) {
    return end.last().map(line -> new State(line.number(), line.move().to())).orElse(State.NEVER);
  }

  private RefLog log(RefName name) {
    return new RefLog(files.file(name));
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
    if (!state(name).target().equals(from)) {
      return false;
    }
    boolean changed;
    synchronized (moving) {
      try {
        Turns.Turn turn = turns.take(() -> {});
        try (turn) {
          changed = changeInTurn(name, from, to, cause);
        }
      } catch (IOException e) {
        throw failure("change ref " + name, e);
      }
    }
    followers.tell(name);
    return changed;
  }

  private boolean changeInTurn(
      RefName name, Optional<Digest> from, Optional<Digest> to, Cause cause) throws IOException {
    Path file = files.file(name);
    RefLog log = new RefLog(file);
    RefLog.End end = log.end();
    State state = state(end);
    if (!state.target().equals(from)) {
      return false;
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    if (!durable.contains(name)) {
      files.create(file);
      durable.add(name);
    }
    log.append(new RefLine(state.moves() + 1, new RefMove(from, to, now, cause)), end);
    return true;
  }

  @Override
  public List<RefMove> history(RefName name) {
    requireOpen();
    try {
      return log(name).all().stream().map(RefLine::move).toList();
    } catch (IOException e) {
      throw failure("read the history of ref " + name, e);
    }
  }

  @Override
  public List<Ref> list(RefName prefix) {
    requireOpen();
    try {
      return existing(files.names(prefix));
    } catch (IOException e) {
      throw failure("list refs below " + prefix, e);
    }
  }

  @Override
  public List<Ref> list() {
    requireOpen();
    try {
      return existing(files.names());
    } catch (IOException e) {
      throw failure("list refs", e);
    }
  }

  private List<Ref> existing(List<RefName> names) {
    return names.stream().flatMap(name -> state(name).toRef(name).stream()).toList();
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
              Thread thread = new Thread(task, "mlstack-refs");
              thread.setDaemon(true);
              return thread;
            });
    long period = TimeUnit.SECONDS.toMillis(1) / POLLS_PER_SECOND;
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(followers::tellAll, period, period, TimeUnit.MILLISECONDS);
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
    try {
      synchronized (moving) {
        presence.close();
      }
    } catch (IOException e) {
      throw failure("close refs", e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the refs in " + directory + " are closed; open them again");
    }
  }

  private StoreException failure(String what, IOException cause) {
    return Disk.failure(what + " in " + directory, directory, cause);
  }
}
