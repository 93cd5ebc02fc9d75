package dev.mlstack.core.store;

import static dev.mlstack.core.store.Samples.CAUSE;
import static dev.mlstack.core.store.Samples.files;
import static dev.mlstack.core.store.Samples.object;
import static dev.mlstack.core.store.Samples.random;
import static dev.mlstack.core.store.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what a {@link DirectoryStore} writes, and when. */
class DirectoryStoreDiskTest {

  private static final Execution HERE = Execution.here();

  private final Path directory;
  private final DirectoryStore store;

  DirectoryStoreDiskTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.store = DirectoryStore.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aNewStore_hasNothingButItsFormat() throws IOException {
    assertThat(Files.readString(directory.resolve("store.json")))
        .isEqualTo("{\"format\":\"store/1\"}\n");
    for (String part : List.of("packs", "tmp", "leases", "condemned", "live")) {
      assertThat(files(directory, part)).isEmpty();
    }
  }

  @Test
  void aCommit_writesOnePackAndNoMoreThanThat() throws IOException {
    try (Batch batch = store.batch()) {
      batch.commit();
      assertThat(files(directory, "live")).isEmpty();
      batch.put(object("a"));
      batch.put(object("b"));
      assertThat(files(directory, "packs")).isEmpty();
      assertThat(files(directory, "tmp")).hasSize(1);
      assertThat(files(directory, "leases")).hasSize(1);
      batch.commit();
      List<Path> packs = files(directory, "packs");
      assertThat(packs).hasSize(1);
      assertThat(files(directory, "tmp")).isEmpty();
      batch.commit();
      batch.put(object("a"));
      batch.commit();
      assertThat(files(directory, "packs")).isEqualTo(packs);
      assertThat(files(directory, "leases")).hasSize(1);
    }
    assertThat(files(directory, "leases")).isEmpty();
    store(store, object("b"), object("a"));
    assertThat(files(directory, "packs")).hasSize(1);
    store(store, object("b"), object("c"), object("a"));
    assertThat(files(directory, "packs")).hasSize(2);
    assertThat(PackLoader.load(newest(directory)).digests()).containsExactly(object("c").digest());
    store.close();
    assertThat(files(directory, "live")).isEmpty();
  }

  private static Path newest(Path directory) throws IOException {
    Path newest = files(directory, "packs").get(0);
    for (Path pack : files(directory, "packs")) {
      if (PackLoader.load(pack).created() >= PackLoader.load(newest).created()
          && Files.size(pack) < Files.size(newest)) {
        newest = pack;
      }
    }
    return newest;
  }

  @Test
  void whatIsPut_goesToTheDiskRatherThanToTheHeap() throws Exception {
    List<String> command = ChildJvm.command(LargeBatch.class, directory.toString());
    command.set(command.indexOf("-Xmx256m"), "-Xmx40m");
    try (ChildJvm child = ChildJvm.start(command)) {
      assertThat(child.await()).isZero();
    }
    assertThat(store.digests()).hasSize(LargeBatch.OBJECTS);
    assertThat(store.verify(HERE)).isEmpty();
  }

  /** Another process that stores more in a batch than its heap can hold. */
  static final class LargeBatch {
    static final int OBJECTS = 60;

    private LargeBatch() {}

    public static void main(String[] args) throws IOException {
      Random random = new Random(1);
      try (DirectoryStore store = DirectoryStore.open(Path.of(args[0]));
          Batch batch = store.batch()) {
        for (int i = 0; i < OBJECTS; i++) {
          batch.put(random(random, 2 << 20));
        }
        batch.commit();
      }
    }
  }

  @Test
  void anInterruptedThread_storesAndReadsAndMovesRefs() throws IOException {
    Thread.currentThread().interrupt();
    RefName name = RefName.of("interrupted");
    try (DirectoryStore other = DirectoryStore.open(directory);
        DirectoryRefs refs = DirectoryRefs.open(directory)) {
      store(store, object("a"));
      assertThat(store.get(object("a").digest())).isEqualTo(object("a"));
      assertThat(other.get(object("a").digest())).isEqualTo(object("a"));
      assertThat(refs.create(name, object("a").digest(), CAUSE)).isTrue();
      assertThat(refs.history(name)).hasSize(1);
      assertThat(refs.list()).hasSize(1);
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.verify(HERE)).isEmpty();
  }

  @Test
  void leftOversOfTheDead_areClearedAwayByTheNextWhoOpens() throws Exception {
    Path packs = directory.resolve("packs");
    try (ChildJvm child = ChildJvm.start(Unfinished.class, directory.toString());
        Batch own = store.batch()) {
      own.put(object("own"));
      child.awaitFirstLine();
      assertThat(files(directory, "tmp")).hasSize(2);
      assertThat(files(directory, "leases")).hasSize(2);
      DirectoryStore.open(directory).close();
      assertThat(files(directory, "tmp")).hasSize(2);
      assertThat(files(directory, "live")).hasSize(2);
      child.kill();
      DirectoryStore.open(directory).close();
      assertThat(files(directory, "tmp")).hasSize(1);
      assertThat(files(directory, "leases")).hasSize(1);
      assertThat(files(directory, "live")).hasSize(1);
      own.commit();
    }
    assertThat(Disk.files(packs, "")).hasSize(2);
    assertThat(store.contains(object("committed").digest())).isTrue();
    assertThat(store.contains(object("unfinished").digest())).isFalse();
    assertThat(store.contains(object("own").digest())).isTrue();
  }

  /** Another process that is killed with an open batch. */
  static final class Unfinished {
    private Unfinished() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      try (DirectoryStore store = DirectoryStore.open(Path.of(args[0]));
          Batch batch = store.batch()) {
        batch.put(object("committed"));
        batch.commit();
        batch.put(object("unfinished"));
        ChildJvm.say("ready");
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void theLeaseOfAnotherProcess_holdsUntilItDies() throws Exception {
    Digest leased = object("committed").digest();
    try (ChildJvm child = ChildJvm.start(Unfinished.class, directory.toString());
        DirectoryRefs refs = DirectoryRefs.open(directory)) {
      child.awaitFirstLine();
      assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isZero();
      assertThat(store.get(leased)).isEqualTo(object("committed"));
      child.kill();
      assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(1);
      assertThat(store.contains(leased)).isFalse();
    }
  }

  @Test
  void filesOfOthers_areLeftAlone() throws IOException {
    for (String foreign : List.of("packs/notes.txt", "tmp/notes", "leases/notes", "live/notes")) {
      Files.writeString(directory.resolve(foreign), "not ours");
    }
    try (DirectoryStore again = DirectoryStore.open(directory);
        DirectoryRefs refs = DirectoryRefs.open(directory)) {
      store(again, object("a"));
      assertThat(again.verify(HERE)).isEmpty();
      assertThat(again.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(1);
    }
    for (String part : List.of("packs", "tmp", "leases", "live")) {
      assertThat(files(directory, part)).hasSize(1);
    }
  }

  @Test
  void aStoreWithManyPacks_isOpenedAndRead() throws IOException {
    Random random = new Random(2);
    List<StoredObject> objects = new ArrayList<>();
    for (int i = 0; i < 3 * PackChannels.MAX_OPEN; i++) {
      StoredObject object = random(random, 100);
      store(store, object);
      objects.add(object);
    }
    try (DirectoryStore again = DirectoryStore.open(directory)) {
      assertThat(objects).allMatch(object -> again.get(object.digest()).equals(object));
    }
  }
}
