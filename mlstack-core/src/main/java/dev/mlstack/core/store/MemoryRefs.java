package dev.mlstack.core.store;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps refs in the memory of the process. They are gone when it ends. */
public final class MemoryRefs implements Refs {

  private final SortedMap<RefName, List<RefMove>> histories = new TreeMap<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  /** Creates refs of which none exists. */
  public MemoryRefs() {}

  private record Follower(RefName name, Consumer<Optional<Ref>> listener) {}

  @Override
  public synchronized Optional<Ref> find(RefName name) {
    List<RefMove> history = histories.getOrDefault(name, List.of());
    return history.isEmpty()
        ? Optional.empty()
        : history.get(history.size() - 1).to().map(to -> new Ref(name, to, history.size()));
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
    synchronized (this) {
      if (!find(name).map(Ref::target).equals(from)) {
        return false;
      }
      histories
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(new RefMove(from, to, Instant.now(), cause));
    }
    for (Follower follower : followers) {
      if (follower.name().equals(name)) {
        follower.listener().accept(find(name));
      }
    }
    return true;
  }

  @Override
  public synchronized List<RefMove> history(RefName name) {
    return List.copyOf(histories.getOrDefault(name, List.of()));
  }

  @Override
  public List<Ref> list(RefName prefix) {
    return list().stream().filter(ref -> ref.name().isBelow(prefix)).toList();
  }

  @Override
  public synchronized List<Ref> list() {
    return histories.keySet().stream().flatMap(name -> find(name).stream()).toList();
  }

  @Override
  public Subscription follow(RefName name, Consumer<Optional<Ref>> listener) {
    Follower follower = new Follower(name, listener);
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  @Override
  public void close() {
    followers.clear();
  }
}
