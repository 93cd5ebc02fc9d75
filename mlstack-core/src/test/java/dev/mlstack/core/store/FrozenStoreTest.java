package dev.mlstack.core.store;

import static dev.mlstack.core.store.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every version must read the store that is kept among the resources, and must encode the same
 * objects to the same bytes. The store was written by {@link Freeze} when its format was new; it is
 * never written again, but joined by others when there are new formats.
 */
class FrozenStoreTest {

  private static final Execution HERE = Execution.here();
  private static final VersionedName TYPE = new VersionedName("frozen", 1);
  private static final RefName CHAMPION = RefName.of("models", "credit", "champion");
  private static final RefName RESERVED = RefName.of("con", "nul.x");
  private static final RefName DELETED = RefName.of("models", "credit", "deleted");
  private static final Cause ADA = new Cause("ada", "the \"first\"\nL\u00f6w \ud83d\ude00");

  private static final StoredObject LEAF =
      StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), new byte[0]);
  private static final StoredObject BYTES =
      StoredObject.of(
          ObjectKind.CONTENT,
          TYPE,
          List.of(Edge.holds("leaf", LEAF.digest()), Edge.names("gone", digest("gone"))),
          payload());
  private static final Recipe RECIPE =
      Recipe.of(
          new VersionedName("csv", 1),
          Value.doc().put("delimiter", ";").put("ratio", 0.1).put("exact", true).build(),
          Long.MIN_VALUE,
          new TreeMap<>(Map.of("source", digest("source"))));
  private static final Provenance RECORD =
      new Provenance(
          new VersionedName("run", 1),
          List.of(
              Edge.holds("recipe", RECIPE.digest()),
              Edge.holds("output.model", BYTES.digest()),
              Edge.names("input.train", digest("train"))),
          Instant.parse("2026-01-31T12:00:00.123456Z"),
          "ada",
          Value.doc().put("auc", 0.987654321).put("note", "L\u00f6w \ud83d\ude00").build());

  private static final List<StoredObject> OBJECTS =
      List.of(LEAF, BYTES, RECIPE.toObject(), RECORD.toObject());

  private static byte[] payload() {
    byte[] bytes = new byte[2_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (31 * i);
    }
    return bytes;
  }

  private static Path frozen() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(FrozenStoreTest.class.getResource("/frozen/store-1")).toURI());
  }

  @Test
  void theFrozenStore_isRead(@TempDir Path copy) throws Exception {
    Samples.copy(frozen(), copy);
    try (DirectoryStore store = DirectoryStore.open(copy)) {
      assertThat(store.verify(HERE)).isEmpty();
      assertThat(store.digests())
          .containsExactlyInAnyOrderElementsOf(OBJECTS.stream().map(StoredObject::digest).toList());
      for (StoredObject object : OBJECTS) {
        assertThat(store.get(object.digest()).encoded()).isEqualTo(object.encoded());
      }
      assertThat(Records.recipe(store, RECIPE.digest())).isEqualTo(RECIPE);
      assertThat(Records.read(store, RECORD.toObject().digest(), RECORD.type())).isEqualTo(RECORD);
    }
  }

  @Test
  void theFrozenRefs_areRead(@TempDir Path copy) throws Exception {
    Samples.copy(frozen(), copy);
    try (DirectoryRefs refs = DirectoryRefs.open(copy)) {
      Digest record = RECORD.toObject().digest();
      assertThat(refs.list())
          .containsExactly(new Ref(RESERVED, LEAF.digest(), 1), new Ref(CHAMPION, record, 4));
      List<RefMove> history = refs.history(CHAMPION);
      assertThat(history).extracting(RefMove::cause).containsOnly(ADA).hasSize(4);
      assertThat(history.get(0).to()).contains(BYTES.digest());
      assertThat(history.get(2).to()).isEmpty();
      assertThat(refs.history(DELETED)).hasSize(2);
    }
  }

  @Test
  void theFrozenStore_isWrittenOn(@TempDir Path copy) throws Exception {
    Samples.copy(frozen(), copy);
    try (DirectoryStore store = DirectoryStore.open(copy);
        DirectoryRefs refs = DirectoryRefs.open(copy)) {
      Samples.store(store, OBJECTS.toArray(StoredObject[]::new));
      assertThat(Samples.files(copy, "packs")).hasSize(2);
      Samples.store(store, Samples.object("new"));
      refs.move(CHAMPION, RECORD.toObject().digest(), Samples.object("new").digest(), ADA);
      assertThat(refs.history(CHAMPION)).hasSize(5);
      assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(3);
      assertThat(store.verify(HERE)).isEmpty();
    }
  }

  @Test
  void theSameObjects_areEncodedToTheFrozenBytes() throws Exception {
    for (StoredObject object : OBJECTS) {
      Path file = frozen().resolve("objects").resolve(object.digest().hex());
      assertThat(object.encoded()).isEqualTo(Files.readAllBytes(file));
    }
    assertThat(Samples.files(frozen(), "objects")).hasSize(OBJECTS.size());
  }

  /** Writes the store that was frozen, into the directory that is its argument. */
  static final class Freeze {
    private Freeze() {}

    public static void main(String[] args) throws IOException {
      Path directory = Path.of(args[0]);
      Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
      try (DirectoryStore store = DirectoryStore.open(directory, () -> longAgo);
          DirectoryRefs refs = DirectoryRefs.open(directory);
          Batch batch = store.batch()) {
        batch.put(LEAF);
        batch.commit();
        OBJECTS.forEach(batch::put);
        batch.commit();
        Digest record = RECORD.toObject().digest();
        refs.create(CHAMPION, BYTES.digest(), ADA);
        refs.move(CHAMPION, BYTES.digest(), record, ADA);
        refs.delete(CHAMPION, record, ADA);
        refs.create(CHAMPION, record, ADA);
        refs.create(RESERVED, LEAF.digest(), ADA);
        refs.create(DELETED, LEAF.digest(), ADA);
        refs.delete(DELETED, LEAF.digest(), ADA);
      }
      Files.createDirectory(directory.resolve("objects"));
      for (StoredObject object : OBJECTS) {
        Files.write(directory.resolve("objects").resolve(object.digest().hex()), object.encoded());
      }
      Files.writeString(directory.resolve(".gitattributes"), "* -text\n", StandardCharsets.UTF_8);
    }
  }
}
