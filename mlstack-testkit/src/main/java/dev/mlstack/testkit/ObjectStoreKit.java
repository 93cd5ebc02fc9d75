package dev.mlstack.testkit;

import static dev.mlstack.testkit.TestObjects.CAUSE;
import static dev.mlstack.testkit.TestObjects.TYPE;
import static dev.mlstack.testkit.TestObjects.holder;
import static dev.mlstack.testkit.TestObjects.object;
import static dev.mlstack.testkit.TestObjects.random;
import static dev.mlstack.testkit.TestObjects.store;
import static dev.mlstack.testkit.TestObjects.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.ObjectStore.Collected;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The laws of an {@link ObjectStore} and its {@link Batch}es. */
public abstract class ObjectStoreKit {

  private static final Execution HERE = Execution.here();
  private static final RefName NAME = RefName.of("kit", "main");
  private static final int THREADS = 4;

  private ObjectStore store;
  private ObjectStore other;
  private Refs refs;

  /** For those who extend this. */
  @SuppressWarnings("NullAway.Init") // The fields are set before each test.
  protected ObjectStoreKit() {}

  /**
   * Opens the store under test, which is empty when a test begins. A second call in a test opens
   * the same store once more; it may return the same instance. The kit closes what it has opened.
   */
  protected abstract ObjectStore open() throws IOException;

  /** Opens refs of which none exists. The kit closes them. */
  protected abstract Refs openRefs() throws IOException;

  /**
   * Returns by how much to divide the rounds of the tests in which threads share a store: 1, or
   * more for a store that takes milliseconds for what others do in microseconds.
   */
  protected int slowness() {
    return 1;
  }

  @BeforeEach
  final void openAll() throws IOException {
    store = open();
    other = open();
    refs = openRefs();
  }

  @AfterEach
  final void closeAll() {
    store.close();
    other.close();
    refs.close();
  }

  @Test
  final void anObjectThatWasCommitted_isReadAsItWas() {
    StoredObject first = object("first");
    List<Edge> edges =
        List.of(Edge.holds("output.model", first.digest()), Edge.names("input", first.digest()));
    List<StoredObject> objects =
        Stream.of(ObjectKind.values())
            .map(kind -> StoredObject.of(kind, TYPE, edges, new byte[] {0, -1, 10, 10, 13}))
            .toList();
    store(store, first);
    objects.forEach(object -> store(store, object));
    for (StoredObject object : objects) {
      StoredObject read = store.get(object.digest());
      assertThat(read.encoded()).isEqualTo(object.encoded());
      assertThat(read.digest()).isEqualTo(object.digest());
      assertThat(read.kind()).isEqualTo(object.kind());
      assertThat(read.type()).isEqualTo(TYPE);
      assertThat(read.edges()).isEqualTo(edges);
    }
  }

  @Test
  final void anEmptyPayload_isStored() {
    StoredObject empty = random(1, 0);
    store(store, empty);
    assertThat(store.get(empty.digest()).payloadSize()).isZero();
  }

  @Test
  final void theLargestPayload_isStored() {
    StoredObject large = random(2, StoredObject.MAX_PAYLOAD);
    try (Batch batch = store.batch()) {
      batch.put(object("before"));
      batch.put(large);
      batch.put(object("after"));
      batch.commit();
    }
    StoredObject read = other.get(large.digest());
    assertThat(read.payloadSize()).isEqualTo(StoredObject.MAX_PAYLOAD);
    assertThat(read).isEqualTo(large);
    assertThat(other.get(object("after").digest()).payloadText()).isEqualTo("after");
  }

  @Test
  final void manyObjectsOfManySizes_areStoredInOneBatch() {
    List<StoredObject> objects = IntStream.range(0, 3_000).mapToObj(i -> random(i, i)).toList();
    try (Batch batch = store.batch()) {
      objects.forEach(batch::put);
      batch.commit();
    }
    assertThat(objects)
        .allSatisfy(object -> assertThat(store.get(object.digest())).isEqualTo(object));
    assertThat(store.digests())
        .containsExactlyInAnyOrderElementsOf(objects.stream().map(StoredObject::digest).toList());
    assertThat(store.verify(HERE)).isEmpty();
  }

  @Test
  final void anObjectThatNobodyStored_isNotFound() {
    Digest digest = object("nowhere").digest();
    assertThat(store.contains(digest)).isFalse();
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> store.get(digest))
        .withMessageContaining(digest.hex())
        .satisfies(e -> assertThat(e.digest()).isEqualTo(digest));
  }

  @Test
  final void anObjectThatWasPut_canBeReadAfterCommitOnly() {
    StoredObject object = object("text");
    try (Batch batch = store.batch()) {
      assertThat(batch.put(object)).isEqualTo(object.digest());
      assertThat(store.contains(object.digest())).isFalse();
      batch.commit();
      assertThat(store.contains(object.digest())).isTrue();
      assertThat(other.contains(object.digest())).isTrue();
      assertThat(other.get(object.digest())).isEqualTo(object);
    }
    assertThat(store.contains(object.digest())).isTrue();
  }

  @Test
  final void aBatchThatIsClosedWithoutCommit_leavesNothing() {
    store(store, object("kept"));
    try (Batch batch = store.batch()) {
      batch.put(object("dropped"));
    }
    assertThat(store.contains(object("dropped").digest())).isFalse();
    assertThat(store.digests()).containsExactly(object("kept").digest());
  }

  @Test
  final void aBatch_isCommittedSeveralTimesAsItGrows() {
    try (Batch batch = store.batch()) {
      batch.commit();
      batch.put(object("a"));
      batch.commit();
      batch.commit();
      batch.put(object("a"));
      batch.put(object("b"));
      assertThat(store.contains(object("b").digest())).isFalse();
      batch.commit();
      batch.put(object("c"));
    }
    assertThat(store.digests())
        .containsExactlyInAnyOrder(object("a").digest(), object("b").digest());
  }

  @Test
  final void anObjectThatIsThereAlready_isStoredOnce() {
    store(store, object("same"));
    store(store, object("same"), object("same"), object("more"));
    store(other, object("more"), object("same"));
    assertThat(store.digests())
        .containsExactlyInAnyOrder(object("same").digest(), object("more").digest());
    assertThat(other.get(object("more").digest())).isEqualTo(object("more"));
  }

  @Test
  final void batchesThatOverlap_doNotDisturbEachOther() {
    try (Batch first = store.batch();
        Batch second = other.batch()) {
      first.put(object("shared"));
      second.put(object("shared"));
      first.put(object("first"));
      second.put(object("second"));
      second.commit();
      assertThat(store.contains(object("first").digest())).isFalse();
      first.commit();
    }
    assertThat(store.digests())
        .containsExactlyInAnyOrder(
            object("shared").digest(), object("first").digest(), object("second").digest());
  }

  @Test
  final void aClosedBatch_refusesEverythingButClose() {
    Batch batch = store.batch();
    batch.close();
    batch.close();
    assertThatIllegalStateException().isThrownBy(() -> batch.put(object("late")));
    assertThatIllegalStateException().isThrownBy(batch::commit);
  }

  @Test
  final void aClosedStore_refusesEverythingButClose() {
    StoredObject object = object("text");
    store(store, object);
    StoredObject read = store.get(object.digest());
    Batch open = store.batch();
    open.put(object("never committed"));
    store.close();
    store.close();
    List<Callable<?>> uses =
        List.of(
            () -> store.contains(object.digest()),
            () -> store.get(object.digest()),
            () -> store.batch(),
            () -> store.digests(),
            () -> store.verify(HERE),
            () -> store.collect(refs, Duration.ZERO, HERE),
            () -> open.put(object));
    assertThat(uses).allSatisfy(use -> assertThatIllegalStateException().isThrownBy(use::call));
    assertThatIllegalStateException().isThrownBy(open::commit);
    open.close();
    assertThat(read.payloadText()).isEqualTo("text");
  }

  @Test
  final void verify_ofAStoreThatIsWell_findsNothing() {
    assertThat(store.verify(HERE)).isEmpty();
    StoredObject held = object("held");
    store(store, held, holder("holder", held));
    store(store, object("lost input", Edge.names("input", object("collected").digest())));
    List<Progress> heard = new ArrayList<>();
    assertThat(store.verify(HERE.withListener(heard::add))).isEmpty();
    assertThat(other.verify(HERE)).isEmpty();
  }

  @Test
  final void verify_findsAnEdgeThatHoldsNothing() {
    StoredObject missing = object("missing");
    StoredObject holder = holder("holder", missing);
    store(store, holder, object("well"));
    List<StoreProblem> problems = store.verify(HERE);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).digest()).isEqualTo(Optional.of(holder.digest()));
    assertThat(problems.get(0).what()).contains(missing.digest().hex(), "held", "missing");
    store(other, missing);
    assertThat(store.verify(HERE)).isEmpty();
  }

  @Test
  final void verify_doesNotMissWhatATombstoneNames() {
    StoredObject erased = object("erased");
    StoredObject missing = object("missing");
    StoredObject left = object("left");
    store(store, holder("old", erased), holder("other", missing));
    assertThat(store.verify(HERE)).hasSize(2);
    store(other, left, tombstone(erased, left));
    assertThat(store.verify(HERE))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains(missing.digest().hex()));
  }

  @Test
  final void collect_neverKeepsWhatATombstoneNames() {
    StoredObject part = object("part of what is erased");
    StoredObject shared = object("shared");
    StoredObject erased =
        object("erased", Edge.holds("a", part.digest()), Edge.holds("b", shared.digest()));
    StoredObject left = holder("left", shared);
    StoredObject root = holder("root", erased);
    StoredObject tombstone = tombstone(erased, left);
    store(store, part, shared, erased, root);
    refs.create(NAME, root.digest(), CAUSE);
    refs.create(NAME.child("direct"), erased.digest(), CAUSE);
    assertThat(store.collect(refs, Duration.ZERO, HERE)).isEqualTo(new Collected(0, 0));
    store(other, left, tombstone);
    refs.create(RefName.of("erased", erased.digest().hex()), tombstone.digest(), CAUSE);
    assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(2);
    assertThat(store.digests())
        .containsExactlyInAnyOrder(
            shared.digest(), left.digest(), root.digest(), tombstone.digest());
    assertThat(other.contains(erased.digest())).isFalse();
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> other.get(erased.digest()));
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> store.get(part.digest()));
    assertThat(store.verify(HERE)).isEmpty();
    assertThat(other.verify(HERE)).isEmpty();
  }

  @Test
  final void verify_runsOnManyThreadsAndCanBeCancelled() {
    for (int i = 0; i < 20; i++) {
      store(store, random(i, 100));
    }
    store(store, holder("holder", object("missing")));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Execution execution = Execution.on(threads, THREADS);
      assertThat(store.verify(execution)).isEqualTo(store.verify(HERE)).hasSize(1);
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> store.verify(execution.withCancellation(() -> true)));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  final void collect_deletesWhatNoRefReaches() {
    StoredObject leaf = object("leaf");
    StoredObject middle = holder("middle", leaf);
    StoredObject input = object("input");
    StoredObject root =
        object("root", Edge.holds("middle", middle.digest()), Edge.names("in", input.digest()));
    StoredObject garbage = holder("garbage", object("more garbage"));
    store(store, leaf, garbage, middle);
    store(store, root, input, object("more garbage"));
    refs.create(NAME, root.digest(), CAUSE);
    Collected collected = store.collect(refs, Duration.ZERO, HERE);
    assertThat(store.digests())
        .containsExactlyInAnyOrder(root.digest(), middle.digest(), leaf.digest());
    assertThat(other.contains(garbage.digest())).isFalse();
    assertThat(other.get(leaf.digest())).isEqualTo(leaf);
    assertThat(collected.objects()).isEqualTo(3);
    assertThat(collected.bytes())
        .isEqualTo(
            input.encodedSize() + garbage.encodedSize() + object("more garbage").encodedSize());
    assertThat(store.collect(refs, Duration.ZERO, HERE)).isEqualTo(new Collected(0, 0));
    assertThat(store.verify(HERE)).isEmpty();
  }

  @Test
  final void collect_ofAStoreWithoutRefs_deletesAll() {
    assertThat(store.collect(refs, Duration.ZERO, HERE)).isEqualTo(new Collected(0, 0));
    store(store, object("a"), object("b"));
    store(other, object("c"));
    assertThat(other.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(3);
    assertThat(store.digests()).isEmpty();
    assertThat(store.contains(object("a").digest())).isFalse();
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> store.get(object("c").digest()));
  }

  @Test
  final void collect_followsWhereRefsPointNow() {
    StoredObject old = object("old");
    StoredObject now = object("now");
    store(store, old, now);
    refs.create(NAME, old.digest(), CAUSE);
    refs.move(NAME, old.digest(), now.digest(), CAUSE);
    assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(1);
    assertThat(store.digests()).containsExactly(now.digest());
    refs.delete(NAME, now.digest(), CAUSE);
    assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(1);
    assertThat(store.digests()).isEmpty();
  }

  @Test
  final void collect_sparesWhatIsYoung() {
    StoredObject young = object("young");
    store(store, young, holder("holder", young));
    assertThat(store.collect(refs, Duration.ofHours(1), HERE)).isEqualTo(new Collected(0, 0));
    assertThat(store.collect(refs, Duration.ofSeconds(Long.MAX_VALUE), HERE))
        .isEqualTo(new Collected(0, 0));
    assertThat(store.digests()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.collect(refs, Duration.ofMillis(-1), HERE))
        .withMessageContaining("grace")
        .withMessageContaining("PT-0.001S");
  }

  @Test
  final void collect_thatIsCancelled_deletesNothingThatIsNeeded() {
    StoredObject leaf = object("leaf");
    Digest root = store(store, leaf, object("garbage"), holder("root", leaf));
    refs.create(NAME, root, CAUSE);
    AtomicInteger asked = new AtomicInteger();
    for (int patience = 0; patience < 10; patience++) {
      int limit = patience;
      asked.set(0);
      Execution impatient = HERE.withCancellation(() -> asked.getAndIncrement() >= limit);
      try {
        store.collect(refs, Duration.ZERO, impatient);
      } catch (CancellationException e) {
        assertThat(e).hasMessageContaining("cancelled");
      }
      assertThat(store.get(root).edges()).hasSize(1);
      assertThat(store.get(leaf.digest())).isEqualTo(leaf);
      assertThat(store.verify(HERE)).isEmpty();
    }
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> store.collect(refs, Duration.ZERO, HERE.withCancellation(() -> true)));
    store.collect(refs, Duration.ZERO, HERE);
    assertThat(store.digests()).containsExactlyInAnyOrder(root, leaf.digest());
  }

  @Test
  final void collect_sparesWhatAnOpenBatchHasPut() {
    StoredObject existing = object("existing");
    store(store, existing, object("garbage"));
    try (Batch batch = store.batch()) {
      batch.put(existing);
      assertThat(other.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(1);
      assertThat(other.contains(existing.digest())).isTrue();
      batch.commit();
      batch.put(object("new"));
      batch.commit();
      assertThat(other.collect(refs, Duration.ZERO, HERE).objects()).isZero();
      assertThat(store.get(existing.digest())).isEqualTo(existing);
      assertThat(store.get(object("new").digest())).isEqualTo(object("new"));
    }
    assertThat(other.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(2);
    assertThat(store.digests()).isEmpty();
  }

  @Test
  final void collect_sparesWhatAnObjectOfAnOpenBatchHolds() {
    StoredObject held = object("held");
    store(store, held);
    try (Batch batch = store.batch()) {
      batch.put(holder("holder", held));
      batch.commit();
      assertThat(other.collect(refs, Duration.ZERO, HERE).objects()).isZero();
      assertThat(store.get(held.digest())).isEqualTo(held);
    }
  }

  @Test
  final void anObjectThatWasCollected_canBeStoredAgain() {
    store(store, object("again"));
    store.collect(refs, Duration.ZERO, HERE);
    store(other, object("again"));
    assertThat(store.get(object("again").digest())).isEqualTo(object("again"));
    store(store, object("again"));
    other.collect(refs, Duration.ZERO, HERE);
    store(store, object("again"));
    assertThat(store.get(object("again").digest())).isEqualTo(object("again"));
  }

  @Test
  final void whatIsCommittedDuringACollection_isNotLost() {
    for (int moment = 1; moment <= 2; moment++) {
      int when = moment;
      StoredObject held = object("held " + moment);
      StoredObject unreferenced = object("put again " + moment);
      RefName name = RefName.of("moment", Integer.toString(moment));
      store(store, held, unreferenced, object("garbage"));
      assertThat(other.contains(held.digest())).isTrue(); // From now on a batch may rely on it.
      Batch batch = other.batch();
      batch.put(holder("new " + moment, held));
      Refs hooked =
          new HookedRefs(
              refs,
              list -> {
                if (list == when) {
                  batch.put(unreferenced);
                  batch.put(held);
                  batch.commit();
                  Digest root = holder("new " + when, held).digest();
                  refs.create(name, root, CAUSE);
                  refs.create(name.child("again"), unreferenced.digest(), CAUSE);
                  batch.close();
                }
              });
      store.collect(hooked, Duration.ZERO, HERE);
      batch.close();
      refs.list().forEach(ref -> assertThat(other.get(ref.target())).isNotNull());
      assertThat(store.verify(HERE)).isEmpty();
    }
  }

  @Test
  final void whatIsCommittedWhileACollectionMarks_isNotLost() {
    StoredObject held = object("held");
    StoredObject existing = object("existing");
    StoredObject holder = holder("holder", held);
    store(store, held, existing, object("garbage"), object("root"));
    refs.create(NAME, object("root").digest(), CAUSE);
    assertThat(other.contains(held.digest())).isTrue(); // From now on the batch may rely on it.
    Batch batch = other.batch();
    batch.put(holder); // The collection learns of it here, when it is not there yet.
    batch.put(existing);
    AtomicBoolean marking = new AtomicBoolean();
    Execution watched =
        HERE.withCancellation(
            () -> {
              if (marking.getAndSet(false)) {
                batch.put(held);
                batch.commit();
                refs.create(NAME.child("holder"), holder.digest(), CAUSE);
                batch.close();
              }
              return false;
            });
    AtomicBoolean once = new AtomicBoolean(true);
    Refs hooked = new HookedRefs(refs, list -> marking.set(once.getAndSet(false)));
    store.collect(hooked, Duration.ZERO, watched);
    assertThat(refs.list()).hasSize(2);
    assertThat(other.get(holder.digest())).isEqualTo(holder);
    assertThat(other.get(held.digest())).isEqualTo(held);
    assertThat(store.verify(HERE)).isEmpty();
  }

  @Test
  final void manySmallBatches_surviveCollection() {
    List<StoredObject> kept = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      StoredObject object = random(i, 50 + i);
      store(i % 2 == 0 ? store : other, object, object("garbage " + i));
      refs.create(RefName.of("kept", "n" + i), object.digest(), CAUSE);
      kept.add(object);
    }
    assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(60);
    assertThat(kept).allSatisfy(object -> assertThat(other.get(object.digest())).isEqualTo(object));
    assertThat(other.digests()).hasSize(60);
    assertThat(other.verify(HERE)).isEmpty();
  }

  @Test
  final void manyThreads_storeAndReadTheSameObjects() {
    List<StoredObject> objects =
        IntStream.range(0, 200 / slowness()).mapToObj(i -> random(i, 20)).toList();
    Together.run(
        THREADS,
        thread ->
            () -> {
              ObjectStore mine = thread % 2 == 0 ? store : other;
              for (StoredObject object : objects) {
                store(mine, object);
                assertThat(mine.get(object.digest())).isEqualTo(object);
              }
              return thread;
            });
    assertThat(store.digests()).hasSize(objects.size());
    assertThat(store.verify(HERE)).isEmpty();
  }

  @Test
  final void whatIsReachableOrLeased_survivesCollectionsByOthers() {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger writing = new AtomicInteger(THREADS - 1);
    Together.run(
        THREADS,
        thread ->
            () -> {
              if (thread == 0) {
                while (!done.get()) {
                  store.collect(refs, Duration.ZERO, HERE);
                }
              } else {
                try {
                  writeAndRead(thread % 2 == 0 ? store : other, RefName.of("t" + thread));
                } finally {
                  done.set(writing.decrementAndGet() == 0);
                }
              }
              return thread;
            });
    store.collect(refs, Duration.ZERO, HERE);
    assertThat(refs.list()).hasSize(THREADS - 1);
    assertThat(store.digests()).hasSize(THREADS); // a root for each writer, and the last leaf
    assertThat(other.verify(HERE)).isEmpty();
  }

  /** Moves a ref through states that many threads share and that the collector deletes again. */
  private void writeAndRead(ObjectStore mine, RefName name) {
    Optional<Digest> before = Optional.empty();
    for (int i = 0; i < 60 / slowness(); i++) {
      StoredObject leaf = object("leaf " + i % 5);
      StoredObject root = holder("root " + i % 7 + " of " + name, leaf);
      try (Batch batch = mine.batch()) {
        batch.put(leaf);
        batch.put(root);
        batch.commit();
        assertThat(mine.get(leaf.digest())).isEqualTo(leaf);
        boolean moved =
            before
                .map(from -> refs.move(name, from, root.digest(), CAUSE))
                .orElseGet(() -> refs.create(name, root.digest(), CAUSE));
        assertThat(moved).isTrue();
      }
      assertThat(mine.get(root.digest())).isEqualTo(root);
      assertThat(mine.get(leaf.digest())).isEqualTo(leaf);
      before = Optional.of(root.digest());
    }
  }
}
