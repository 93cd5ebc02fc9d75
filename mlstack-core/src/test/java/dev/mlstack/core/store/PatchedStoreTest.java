package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are kept as patches of others: read, verified, collected, damaged. */
class PatchedStoreTest {

  private static final VersionedName TYPE = new VersionedName("test", 1);
  private static final RefName REF = RefName.of("test");

  private final Random random = new Random(Seeds.next());
  private final Path directory;
  private final MemoryRefs refs = new MemoryRefs();
  private DirectoryStore store;

  PatchedStoreTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.store = DirectoryStore.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() throws IOException {
    store.close();
    store = DirectoryStore.open(directory);
  }

  private static StoredObject object(byte[] payload, List<Edge> edges) {
    return StoredObject.of(ObjectKind.CONTENT, TYPE, edges, payload);
  }

  /** Returns objects each of which differs a little from the one before. */
  private List<StoredObject> versions(int count) {
    List<StoredObject> versions = new ArrayList<>();
    byte[] payload = new byte[10_000];
    random.nextBytes(payload);
    for (int i = 0; i < count; i++) {
      versions.add(object(payload, List.of()));
      payload = payload.clone();
      payload[random.nextInt(payload.length)] ^= 1;
    }
    return versions;
  }

  /** Puts each version as a patch of the one before, in a batch of its own. */
  private void put(List<StoredObject> versions) {
    for (int i = 0; i < versions.size(); i++) {
      try (Batch batch = store.batch()) {
        batch.put(versions.get(i), versions.get(Math.max(0, i - 1)).digest());
        batch.commit();
      }
    }
  }

  private void point(StoredObject... targets) {
    List<Edge> edges = new ArrayList<>();
    for (StoredObject target : targets) {
      edges.add(Edge.holds("target." + edges.size(), target.digest()));
    }
    try (Batch batch = store.batch()) {
      Digest root = batch.put(object(new byte[0], edges));
      batch.commit();
      refs.find(REF).ifPresent(ref -> refs.delete(REF, ref.target(), new Cause("ada", "")));
      refs.create(REF, root, new Cause("ada", ""));
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("packs"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private void assertAllThere(List<StoredObject> objects) {
    for (StoredObject object : objects) {
      assertThat(store.get(object.digest())).isEqualTo(object);
    }
    assertThat(store.verify(Execution.here())).isEmpty();
  }

  @Test
  void put_similar_storesTheDifference() throws IOException {
    List<StoredObject> versions = versions(30);
    put(versions);
    int full = 1 + 30 / (StoredPatch.MAX_DEPTH + 1);
    assertThat(bytes()).isLessThan(full * 10_200L + 30 * 400);
    assertAllThere(versions);
    reopen();
    assertAllThere(versions);
  }

  @Test
  void put_similarThatIsNotThere_storesAll() {
    List<StoredObject> versions = versions(2);
    put(versions.subList(1, 2));
    try (Batch batch = store.batch()) {
      batch.put(versions.get(1), versions.get(0).digest());
      batch.commit();
    }
    assertAllThere(versions.subList(1, 2));
  }

  @Test
  void collect_baseThatNobodyNeeds_isFreed_andItsPatchesStay() throws IOException {
    List<StoredObject> versions = versions(12);
    put(versions);
    List<StoredObject> kept = List.of(versions.get(2), versions.get(3), versions.get(11));
    point(kept.toArray(StoredObject[]::new));
    store.collect(refs, Duration.ZERO, Execution.here());
    assertAllThere(kept);
    assertThat(store.contains(versions.get(0).digest())).isFalse();
    assertThat(store.digests()).hasSize(4);
    store.collect(refs, Duration.ZERO, Execution.here());
    reopen();
    assertAllThere(kept);
  }

  @Test
  void collect_manySmallPacks_mergesPatchesAsPatches() throws IOException {
    List<StoredObject> versions = versions(9);
    put(versions);
    point(versions.toArray(StoredObject[]::new));
    store.collect(refs, Duration.ZERO, Execution.here());
    assertThat(bytes()).isLessThan(10_200 + 9 * 400);
    assertAllThere(versions);
  }

  @Test
  void get_patchOfDamagedBase_namesBoth() throws IOException {
    List<StoredObject> versions = versions(2);
    put(versions);
    store.close();
    try (Stream<Path> files = Files.list(directory.resolve("packs"))) {
      Path largest =
          files.max(java.util.Comparator.comparing(f -> f.toFile().length())).orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[5000] ^= 1;
      Files.write(largest, bytes);
    }
    store = DirectoryStore.open(directory);
    assertThatExceptionOfType(CorruptObjectException.class)
        .isThrownBy(() -> store.get(versions.get(1).digest()))
        .withMessageContaining(versions.get(1).digest().hex())
        .withMessageContaining(versions.get(0).digest().hex());
    assertThat(store.verify(Execution.here())).hasSize(2);
  }

  @Test
  void load_packWithPatchesWithoutIndex_findsThem() throws IOException {
    List<StoredObject> versions = versions(2);
    put(versions);
    store.close();
    try (Stream<Path> files = Files.list(directory.resolve("packs"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
      }
    }
    store = DirectoryStore.open(directory);
    assertThat(store.get(versions.get(1).digest())).isEqualTo(versions.get(1));
    assertThat(store.verify(Execution.here())).hasSize(2);
  }
}
