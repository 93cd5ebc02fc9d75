package dev.mlstack.core.store;

import static dev.mlstack.core.store.Samples.CAUSE;
import static dev.mlstack.core.store.Samples.files;
import static dev.mlstack.core.store.Samples.object;
import static dev.mlstack.core.store.Samples.random;
import static dev.mlstack.core.store.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what a collection does to the files of a {@link DirectoryStore}, beyond the kit. */
class GarbageCollectionTest {

  private static final Execution HERE = Execution.here();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final StoredObject NEEDED = object("needed");

  private final Path directory;
  private final SettableClock clock = new SettableClock();
  private final DirectoryStore store;
  private final DirectoryRefs refs;

  GarbageCollectionTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.store = DirectoryStore.open(directory, clock);
    this.refs = DirectoryRefs.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
    refs.close();
  }

  private void point(String name, StoredObject target) {
    assertThat(refs.create(RefName.of(name), target.digest(), CAUSE)).isTrue();
  }

  private long collect() {
    return store.collect(refs, Duration.ZERO, HERE).objects();
  }

  @Test
  void aPackWithoutGarbage_isLeftAlone() throws IOException {
    store(store, NEEDED);
    point("needed", NEEDED);
    List<Path> packs = files(directory, "packs");
    assertThat(collect()).isZero();
    assertThat(files(directory, "packs")).isEqualTo(packs);
    assertThat(files(directory, "condemned")).isEmpty();
  }

  @Test
  void aPackWithSomeGarbage_isReplaced() throws IOException {
    store(store, NEEDED, object("garbage"));
    point("needed", NEEDED);
    List<Path> packs = files(directory, "packs");
    assertThat(collect()).isEqualTo(1);
    assertThat(files(directory, "packs")).hasSize(1).doesNotContainAnyElementsOf(packs);
    assertThat(PackLoader.load(files(directory, "packs").get(0)).digests())
        .containsExactly(NEEDED.digest());
    assertThat(files(directory, "condemned")).isEmpty();
    assertThat(files(directory, "tmp")).isEmpty();
  }

  @Test
  void manySmallPacks_becomeOne() throws IOException {
    List<StoredObject> objects = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      objects.add(object("object " + i));
      store(store, objects.get(i));
      point("n" + i, objects.get(i));
    }
    assertThat(files(directory, "packs")).hasSize(30);
    assertThat(collect()).isZero();
    assertThat(files(directory, "packs")).hasSize(1);
    assertThat(collect()).isZero();
    assertThat(files(directory, "packs")).hasSize(1);
    assertThat(objects).allMatch(object -> store.get(object.digest()).equals(object));
  }

  @Test
  void largePacks_areCutIntoParts() throws IOException {
    Random random = new Random(4);
    List<StoredObject> objects = Stream.generate(() -> random(random, 20 << 20)).limit(5).toList();
    store(store, objects.toArray(StoredObject[]::new));
    for (int i = 0; i < 4; i++) {
      point("n" + i, objects.get(i));
    }
    assertThat(collect()).isEqualTo(1);
    assertThat(files(directory, "packs")).hasSize(1);
    StoredObject more = object("garbage again");
    store(store, more, random(random, 20 << 20));
    point("more", more);
    assertThat(collect()).isEqualTo(1);
    assertThat(objects.subList(0, 4)).allMatch(object -> store.get(object.digest()).equals(object));
    assertThat(store.verify(HERE)).isEmpty();
  }

  @Test
  void grace_isCountedFromTheCommit() throws IOException {
    MemoryStore memory = new MemoryStore(clock);
    for (ObjectStore any : List.of(store, memory)) {
      store(any, object("old"));
    }
    clock.advance(HOUR.minusMillis(1));
    for (ObjectStore any : List.of(store, memory)) {
      store(any, object("young", Edge.holds("held", object("old").digest())), object("old"));
      assertThat(any.collect(refs, HOUR, HERE).objects()).isZero();
    }
    clock.advance(Duration.ofMillis(1));
    for (ObjectStore any : List.of(store, memory)) {
      assertThat(any.collect(refs, HOUR, HERE).objects()).as("a young object holds it").isZero();
    }
    clock.advance(HOUR.minusMillis(2));
    for (ObjectStore any : List.of(store, memory)) {
      store(any, object("old"));
      assertThat(any.collect(refs, HOUR, HERE).objects()).isZero();
    }
    clock.advance(Duration.ofMillis(1));
    for (ObjectStore any : List.of(store, memory)) {
      assertThat(any.collect(refs, HOUR, HERE).objects()).isEqualTo(2);
      assertThat(any.digests()).isEmpty();
    }
  }

  @Test
  void packsThatAreMerged_areAsYoungAsTheYoungest() throws IOException {
    for (int i = 0; i < 20; i++) {
      store(store, object("object " + i));
      point("n" + i, object("object " + i));
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(store.collect(refs, HOUR, HERE).objects()).isZero();
    assertThat(files(directory, "packs")).hasSize(1);
    long youngest = clock.instant().minus(Duration.ofMinutes(1)).toEpochMilli();
    assertThat(PackLoader.load(files(directory, "packs").get(0)).created()).isEqualTo(youngest);
    refs.delete(RefName.of("n19"), object("object 19").digest(), CAUSE);
    assertThat(store.collect(refs, HOUR, HERE).objects()).isZero();
    clock.advance(HOUR);
    assertThat(store.collect(refs, HOUR, HERE).objects()).isEqualTo(1);
  }

  @Test
  void aCollectionThatDiedBeforeDeletingOldPacks_doesNoHarm(@TempDir Path copies)
      throws IOException {
    store(store, NEEDED, object("garbage"));
    point("needed", NEEDED);
    Samples.copy(directory.resolve("packs"), copies);
    assertThat(collect()).isEqualTo(1);
    // Old and new pack are both there, and the old one is still condemned.
    Path old = files(copies, "").get(0);
    Files.copy(old, directory.resolve("packs").resolve(old.getFileName()));
    Files.createFile(directory.resolve("condemned").resolve(old.getFileName()));
    try (DirectoryStore again = DirectoryStore.open(directory)) {
      assertThat(again.digests())
          .containsExactlyInAnyOrder(NEEDED.digest(), object("garbage").digest());
      assertThat(again.verify(HERE)).isEmpty();
      // A condemned pack may go at any time, so what it alone has is written anew.
      store(again, object("garbage"));
      assertThat(files(directory, "packs")).hasSize(3);
      assertThat(again.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(1);
      assertThat(again.digests()).containsExactly(NEEDED.digest());
      assertThat(again.get(NEEDED.digest())).isEqualTo(NEEDED);
    }
    assertThat(files(directory, "packs")).hasSize(1);
    assertThat(files(directory, "condemned")).isEmpty();
  }

  @Test
  void aCollectionThatDiedBetweenDeletions_leavesOnlyGarbageThatHoldsNothing() throws IOException {
    StoredObject leaf = object("leaf");
    StoredObject root = object("root", Edge.holds("leaf", leaf.digest()));
    store(store, leaf);
    store(store, root, NEEDED);
    point("needed", NEEDED);
    Path left = Damage.packOf(directory, root.digest());
    Files.delete(Damage.packOf(directory, leaf.digest()));
    try (DirectoryStore again = DirectoryStore.open(directory, clock)) {
      assertThat(again.verify(HERE)).hasSize(1);
      Files.createFile(directory.resolve("condemned").resolve(left.getFileName()));
      assertThat(again.verify(HERE)).as("what is condemned may hold nothing").isEmpty();
      store(again, leaf, root);
      Files.delete(directory.resolve("condemned").resolve(left.getFileName()));
      assertThat(again.verify(HERE)).as("both were written anew").isEmpty();
      assertThat(again.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(2);
      assertThat(again.digests()).containsExactly(NEEDED.digest());
    }
  }

  @Test
  void aCollectionThatFailsAfterItDeleted_keepsItsMarks() throws IOException {
    store(store, object("garbage"));
    store(store, NEEDED, object("holder", Edge.holds("held", object("garbage").digest())));
    point("needed", NEEDED);
    Path mixed = Damage.packOf(directory, NEEDED.digest());
    Damage.flip(directory, NEEDED.digest(), PackFormat.PREFIX_BYTES + NEEDED.header().length);
    assertThatExceptionOfType(CorruptObjectException.class).isThrownBy(this::collect);
    assertThat(files(directory, "packs")).containsExactly(mixed);
    assertThat(files(directory, "condemned"))
        .containsExactly(directory.resolve("condemned").resolve(mixed.getFileName()));
    assertThat(store.verify(HERE)).hasSize(1).allMatch(p -> p.what().contains("is damaged"));
    Damage.flip(directory, NEEDED.digest(), PackFormat.PREFIX_BYTES + NEEDED.header().length);
    assertThat(collect()).isEqualTo(1);
    assertThat(files(directory, "condemned")).isEmpty();
    assertThat(store.get(NEEDED.digest())).isEqualTo(NEEDED);
  }

  @Test
  void aReaderWithAnOldIndex_findsWhatHasMoved() throws IOException {
    StoredObject other = object("other");
    store(store, NEEDED, other, object("garbage"));
    point("needed", NEEDED);
    point("other", other);
    try (DirectoryStore reader = DirectoryStore.open(directory)) {
      assertThat(reader.get(other.digest())).isEqualTo(other); // Its channel is open from now on.
      assertThat(collect()).isEqualTo(1);
      assertThat(reader.get(NEEDED.digest())).isEqualTo(NEEDED);
      assertThat(reader.get(other.digest())).isEqualTo(other);
      assertThat(reader.contains(object("garbage").digest())).isFalse();
      assertThat(reader.digests()).hasSize(2);
    }
    try (DirectoryStore reader = DirectoryStore.open(directory)) {
      store(store, object("more garbage"), object("more"));
      point("more", object("more"));
      assertThat(reader.contains(object("more garbage").digest())).isTrue();
      assertThat(collect()).isEqualTo(1);
      assertThat(reader.get(object("more").digest())).isEqualTo(object("more"));
    }
  }

  @Test
  void aWriterWithAnOldIndex_writesAnewWhatWasCollected() throws IOException {
    try (DirectoryStore writer = DirectoryStore.open(directory, clock)) {
      store(writer, object("collected"));
      assertThat(collect()).isEqualTo(1);
      store(writer, object("collected"));
      assertThat(store.get(object("collected").digest())).isEqualTo(object("collected"));
    }
  }

  @Test
  void aNeededObjectWhoseHeaderIsDamaged_endsTheCollection() throws IOException {
    StoredObject leaf = object("leaf");
    StoredObject root = object("root", Edge.holds("leaf", leaf.digest()));
    store(store, leaf);
    store(store, root, object("garbage"));
    point("root", root);
    Damage.flip(directory, root.digest(), PackFormat.PREFIX_BYTES + 30);
    try (DirectoryStore again = DirectoryStore.open(directory)) {
      assertThatExceptionOfType(CorruptObjectException.class)
          .isThrownBy(() -> again.collect(refs, Duration.ZERO, HERE))
          .satisfies(e -> assertThat(e.digest()).isEqualTo(root.digest()));
      assertThat(again.get(leaf.digest())).isEqualTo(leaf);
      assertThat(again.contains(object("garbage").digest())).isTrue();
    }
    assertThat(files(directory, "condemned")).isEmpty();
  }

  @Test
  void aNeededObjectWhosePayloadIsDamaged_isNeverDeleted() throws IOException {
    store(store, NEEDED, object("garbage"));
    point("needed", NEEDED);
    Damage.flip(directory, NEEDED.digest(), PackFormat.PREFIX_BYTES + NEEDED.header().length);
    List<Path> packs = files(directory, "packs");
    assertThatExceptionOfType(CorruptObjectException.class)
        .isThrownBy(this::collect)
        .withMessageContaining(packs.get(0).toString());
    assertThat(files(directory, "packs")).isEqualTo(packs);
    assertThat(files(directory, "condemned")).isEmpty();
    assertThat(files(directory, "tmp")).isEmpty();
    // Nobody needs it any more: the collection goes on.
    refs.delete(RefName.of("needed"), NEEDED.digest(), CAUSE);
    assertThat(collect()).isEqualTo(2);
  }

  @Test
  void aWholeCopyOfADamagedObject_isKept(@TempDir Path other) throws IOException {
    store(store, NEEDED);
    Damage.flip(directory, NEEDED.digest(), PackFormat.PREFIX_BYTES + NEEDED.header().length);
    try (DirectoryStore whole = DirectoryStore.open(other, clock)) {
      store(whole, NEEDED, object("garbage"));
    }
    Samples.copy(other.resolve("packs"), directory.resolve("packs"));
    point("needed", NEEDED);
    assertThat(collect()).isEqualTo(1);
    List<Digest> copies = new ArrayList<>();
    for (Path pack : files(directory, "packs")) {
      copies.addAll(PackLoader.load(pack).digests());
    }
    assertThat(copies).containsExactly(NEEDED.digest(), NEEDED.digest());
    assertThat(store.verify(HERE)).hasSize(1);
  }

  @Test
  void aDamagedPack_endsTheCollectionUntilItIsGone() throws IOException {
    store(store, NEEDED);
    store(store, object("garbage"));
    point("needed", NEEDED);
    Path pack = Damage.packOf(directory, object("garbage").digest());
    byte[] bytes = Files.readAllBytes(pack);
    Files.write(pack, Arrays.copyOf(bytes, bytes.length - 1));
    try (DirectoryStore again = DirectoryStore.open(directory)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> again.collect(refs, Duration.ZERO, HERE))
          .withMessageContaining(pack.toString())
          .withMessageContaining("restore that file");
      Files.delete(pack);
      assertThat(again.collect(refs, Duration.ZERO, HERE).objects()).isZero();
      assertThat(again.digests()).containsExactly(NEEDED.digest());
    }
  }

  @Test
  void collections_takeTurns() throws Exception {
    for (int i = 0; i < 20; i++) {
      store(store, object("object " + i), object("garbage " + i));
      point("n" + i, object("object " + i));
    }
    long collected = 0;
    try (ChildJvm child = ChildJvm.start(Collector.class, directory.toString());
        DirectoryStore other = DirectoryStore.open(directory)) {
      child.awaitFirstLine();
      Thread thread = new Thread(() -> other.collect(refs, Duration.ZERO, HERE));
      thread.start();
      collected += collect();
      thread.join();
      assertThat(child.await()).isZero();
    }
    assertThat(collected).isLessThanOrEqualTo(20);
    assertThat(store.digests()).hasSize(20);
    assertThat(files(directory, "packs")).hasSize(1);
    assertThat(store.verify(HERE)).isEmpty();
  }

  /** Another process that collects once. */
  static final class Collector {
    private Collector() {}

    public static void main(String[] args) throws IOException {
      Path directory = Path.of(args[0]);
      try (DirectoryStore store = DirectoryStore.open(directory);
          DirectoryRefs refs = DirectoryRefs.open(directory);
          Batch batch = store.batch()) {
        batch.commit();
        ChildJvm.say("ready");
        store.collect(refs, Duration.ZERO, HERE);
      }
    }
  }
}
