package dev.mlstack.core.store;

import dev.mlstack.core.internal.Followers;
import dev.mlstack.core.internal.Followers.State;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.Subscription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps refs in the memory of the process. They are gone when it ends. */
public final class MemoryRefs implements Refs {

  private final SortedMap<RefName, List<RefMove>> histories = new TreeMap<>(); // Guarded by this.
  private final Followers followers = new Followers(this::state);
  private volatile boolean closed;

  /** Creates refs of which none exists. */
  public MemoryRefs() {}

  private synchronized State state(RefName name) {
    List<RefMove> history = histories.getOrDefault(name, List.of());
    return history.isEmpty()
        ? State.NEVER
        : new State(history.size(), history.get(history.size() - 1).to());
  }

  @Override
  public Optional<Ref> find(RefName name) {
    requireOpen();
    return state(name).toRef(name);
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
    synchronized (this) {
      if (!state(name).target().equals(from)) {
        return false;
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      histories
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(new RefMove(from, to, now, cause));
    }
    followers.tell(name);
    return true;
  }

  @Override
  public synchronized List<RefMove> history(RefName name) {
    requireOpen();
    return List.copyOf(histories.getOrDefault(name, List.of()));
  }

  @Override
  public List<Ref> list(RefName prefix) {
    return list().stream().filter(ref -> ref.name().isBelow(prefix)).toList();
  }

  @Override
  public synchronized List<Ref> list() {
    requireOpen();
    return histories.keySet().stream().flatMap(name -> state(name).toRef(name).stream()).toList();
  }

  @Override
  public Subscription follow(RefName name, Consumer<Optional<Ref>> listener) {
    requireOpen();
    return followers.add(name, listener);
  }

  @Override
  public void close() {
    closed = true;
    followers.clear();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the refs are closed; create others");
    }
  }
}
