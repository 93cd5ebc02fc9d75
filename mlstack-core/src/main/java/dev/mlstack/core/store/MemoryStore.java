package dev.mlstack.core.store;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.internal.Marking;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps objects in the memory of the process. They are gone when it ends.
 *
 * <p>Readers never wait. Commits and collections take turns.
 */
public final class MemoryStore implements ObjectStore {

  private static final String WHERE = "memory";

  private final InstantSource clock;
  private final Map<Digest, Kept> objects = new ConcurrentHashMap<>();
  private final Set<MemoryBatch> batches = new HashSet<>(); // Guarded by this.
  private volatile boolean closed;

  private record Kept(StoredObject object, Instant since) {}

  /** Creates a store without objects. */
  public MemoryStore() {
    this(InstantSource.system());
  }

  /** Creates a store without objects, with another clock. */
  MemoryStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean contains(Digest digest) {
    requireOpen();
    return objects.containsKey(digest);
  }

  @Override
  public StoredObject get(Digest digest) {
    requireOpen();
    Kept kept = objects.get(digest);
    if (kept == null) {
      throw new ObjectNotFoundException(digest, WHERE);
    }
    return kept.object();
  }

  @Override
  public synchronized Batch batch() {
    requireOpen();
    MemoryBatch batch = new MemoryBatch();
    batches.add(batch);
    return batch;
  }

  @Override
  public Stream<Digest> digests() {
    requireOpen();
    return List.copyOf(objects.keySet()).stream();
  }

  /** Returns the edges that hold nothing: an object in memory cannot be damaged. */
  @Override
  public synchronized List<StoreProblem> verify(Execution execution) {
    requireOpen();
    Set<Digest> erased = new HashSet<>();
    objects.values().forEach(kept -> Erasure.erasedBy(kept.object()).ifPresent(erased::add));
    List<StoreProblem> problems = new ArrayList<>();
    for (Kept kept : objects.values()) {
      execution.checkCancelled("verify objects");
      for (Edge edge : kept.object().edges()) {
        Digest target = edge.target();
        if (edge.holds() && !objects.containsKey(target) && !erased.contains(target)) {
          problems.add(Verification.missing(kept.object().digest(), WHERE, edge));
        }
      }
    }
    return problems;
  }

  @Override
  public synchronized Collected collect(Refs roots, Duration grace, Execution execution) {
    requireOpen();
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative but was " + grace);
    }
    Marking needed = new Marking(this::held, execution);
    needed.erase(Erasure.tombstones(roots.list()).keySet());
    needed.from(batches.stream().flatMap(batch -> batch.leased.stream()).toList());
    needed.from(roots.list().stream().map(Ref::target).toList());
    Instant now = clock.instant();
    needed.from(
        objects.values().stream()
            .filter(kept -> Duration.between(kept.since(), now).compareTo(grace) < 0)
            .map(kept -> kept.object().digest())
            .toList());
    List<StoredObject> garbage =
        objects.values().stream()
            .map(Kept::object)
            .filter(object -> !needed.contains(object.digest()))
            .toList();
    garbage.forEach(object -> objects.remove(object.digest()));
    long bytes = garbage.stream().mapToLong(StoredObject::encodedSize).sum();
    return new Collected(garbage.size(), bytes);
  }

  private Optional<List<Digest>> held(Digest digest) {
    return Optional.ofNullable(objects.get(digest))
        .map(kept -> Marking.held(kept.object().edges()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(batches).forEach(MemoryBatch::close);
    objects.clear();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed; create another one");
    }
  }

  private final class MemoryBatch implements Batch {
    private final Set<Digest> leased = new HashSet<>();
    private final Map<Digest, StoredObject> pending = new LinkedHashMap<>();
    private boolean over;

    @Override
    public Digest put(StoredObject object) {
      synchronized (MemoryStore.this) {
        requireUsable();
        if (leased.add(object.digest())) {
          pending.put(object.digest(), object);
        }
        return object.digest();
      }
    }

    @Override
    public void commit() {
      synchronized (MemoryStore.this) {
        requireUsable();
        Instant now = clock.instant();
        pending.forEach((digest, object) -> objects.putIfAbsent(digest, new Kept(object, now)));
        pending.clear();
      }
    }

    @Override
    public void close() {
      synchronized (MemoryStore.this) {
        over = true;
        pending.clear();
        batches.remove(this);
      }
    }

    private void requireUsable() {
      if (over) {
        throw new IllegalStateException("the batch is closed; open another one");
      }
    }
  }
}
