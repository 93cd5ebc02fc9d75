package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a store as one file, between stores of different kinds. */
class StoreArchiveTest {

  private static final Execution HERE = Execution.here();
  private static final Cause CAUSE = new Cause("ada", "");

  private final Random random = new Random(Seeds.next());
  private final MemoryStore store = new MemoryStore();
  private final MemoryRefs refs = new MemoryRefs();
  private final Path directory;

  StoreArchiveTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Stores a random graph and returns the digest of each object. */
  private List<Digest> graph(int size) {
    List<Digest> digests = new ArrayList<>();
    try (Batch batch = store.batch()) {
      for (int i = 0; i < size; i++) {
        List<Edge> edges = new ArrayList<>();
        for (int j = 0; j < random.nextInt(3) && i > 0; j++) {
          edges.add(Edge.holds("e" + j, digests.get(random.nextInt(i))));
        }
        edges.add(Edge.names("n", Digest.of(new byte[] {1})));
        byte[] payload = new byte[random.nextInt(1000)];
        random.nextBytes(payload);
        VersionedName type = new VersionedName("test", 1);
        digests.add(batch.put(StoredObject.of(ObjectKind.CONTENT, type, edges, payload)));
      }
      batch.commit();
    }
    return digests;
  }

  private byte[] write(List<Ref> some) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StoreArchive.write(store, refs, some, out, HERE);
    return out.toByteArray();
  }

  @Test
  void aPart_inAnotherStore_isWhole() throws IOException {
    List<Digest> digests = graph(300);
    RefName last = RefName.of("a", "last");
    RefName middle = RefName.of("b", "middle");
    refs.create(last, digests.get(299), CAUSE);
    refs.create(middle, digests.get(150), CAUSE);
    byte[] archive = write(refs.list(RefName.of("a")));
    try (DirectoryStore other = DirectoryStore.open(directory);
        DirectoryRefs otherRefs = DirectoryRefs.open(directory)) {
      List<Ref> read = StoreArchive.read(new ByteArrayInputStream(archive), other, HERE);
      assertThat(StoreArchive.merge(read, otherRefs, CAUSE)).isEmpty();
      assertThat(otherRefs.list().stream().map(Ref::name)).containsExactly(last);
      assertThat(other.get(digests.get(299))).isEqualTo(store.get(digests.get(299)));
      assertThat(other.verify(HERE)).isEmpty();
      long objects = other.digests().count();
      assertThat(objects).isLessThan(300);
      StoreArchive.read(new ByteArrayInputStream(archive), other, HERE);
      assertThat(other.digests()).hasSize((int) objects);

      otherRefs.create(middle, digests.get(299), CAUSE);
      read = StoreArchive.read(new ByteArrayInputStream(write(refs.list())), other, HERE);
      assertThat(StoreArchive.merge(read, otherRefs, CAUSE).stream().map(Ref::name))
          .containsExactly(middle);
      assertThat(other.contains(digests.get(150))).isTrue();
    }
  }

  @Test
  void erased_isNotWritten_butItsTombstone() throws IOException {
    List<Digest> digests = graph(2);
    StoredObject holder =
        StoredObject.of(
            ObjectKind.CONTENT,
            new VersionedName("test", 1),
            List.of(Edge.holds("e", digests.get(0))),
            new byte[0]);
    Erasure erasure = new Erasure(digests.get(0), digests.get(1), "ada", Instant.now(), "asked", 1);
    try (Batch batch = store.batch()) {
      batch.put(holder);
      batch.put(erasure.toObject());
      batch.commit();
    }
    assertThat(erasure.set(refs)).isTrue();
    assertThat(erasure.set(refs)).isFalse();
    RefName name = RefName.of("holder");
    refs.create(name, holder.digest(), CAUSE);
    store.collect(refs, Duration.ZERO, HERE);
    assertThat(store.contains(digests.get(0))).isFalse();
    assertThat(store.verify(HERE)).isEmpty();
    byte[] archive = write(List.of(refs.find(name).orElseThrow()));
    MemoryStore other = new MemoryStore();
    MemoryRefs otherRefs = new MemoryRefs();
    StoreArchive.merge(
        StoreArchive.read(new ByteArrayInputStream(archive), other, HERE), otherRefs, CAUSE);
    assertThat(other.digests())
        .containsExactlyInAnyOrder(digests.get(1), holder.digest(), erasure.toObject().digest());
    assertThat(other.verify(HERE)).isEmpty();
    assertThat(Erasure.find(other, otherRefs, digests.get(0)))
        .map(Erasure::replacement)
        .contains(digests.get(1));
  }

  @Test
  void damaged_orCutShort_isRefusedAndStoresNothing() throws IOException {
    List<Digest> digests = graph(10);
    refs.create(RefName.of("all"), digests.get(9), CAUSE);
    byte[] archive = write(refs.list());
    for (int i = 0; i < 200; i++) {
      byte[] damaged =
          i % 2 == 0 ? Arrays.copyOf(archive, random.nextInt(archive.length)) : archive.clone();
      if (i % 2 == 1) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      MemoryStore other = new MemoryStore();
      assertThatIOException()
          .isThrownBy(() -> StoreArchive.read(new ByteArrayInputStream(damaged), other, HERE));
      assertThat(other.digests()).isEmpty();
    }
  }
}
