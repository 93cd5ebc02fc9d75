package dev.mlstack.core.store;

import static dev.mlstack.core.store.Samples.CAUSE;
import static dev.mlstack.core.store.Samples.files;
import static dev.mlstack.core.store.Samples.object;
import static dev.mlstack.core.store.Samples.random;
import static dev.mlstack.core.store.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of reading what was damaged: the right thing, or an exception that names the place. */
class DamageTest {

  private static final Execution HERE = Execution.here();
  private static final RefName NAME = RefName.of("models", "credit");

  private final Path directory;
  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  DamageTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private List<StoredObject> storeSome() throws IOException {
    List<StoredObject> objects =
        IntStream.range(0, 30).mapToObj(i -> random(random, random.nextInt(300))).toList();
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      store(store, objects.subList(0, 20).toArray(StoredObject[]::new));
      store(store, objects.subList(20, 30).toArray(StoredObject[]::new));
    }
    return objects;
  }

  @Test
  void aPackWithRandomDamage_givesTheRightObjectOrNamesThePlace() throws IOException {
    List<StoredObject> objects = storeSome();
    List<Path> packs = files(directory, "packs");
    for (int i = 0; i < Seeds.repetitions(300, 5_000); i++) {
      Path pack = packs.get(i % 2);
      byte[] whole = Files.readAllBytes(pack);
      Files.write(pack, damaged(whole));
      assertReadable(objects, pack);
      Files.write(pack, whole);
    }
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      assertThat(store.verify(HERE)).isEmpty();
    }
  }

  /** Changes some bytes, or cuts some off, or both. */
  private byte[] damaged(byte[] whole) {
    int kind = random.nextInt(3);
    byte[] damaged = whole.clone();
    for (int flips = kind == 0 ? 0 : 1 + random.nextInt(5); flips > 0; flips--) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return kind == 1 ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length));
  }

  private void assertReadable(List<StoredObject> objects, Path pack) throws IOException {
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      List<Digest> unreadable = new ArrayList<>();
      for (StoredObject object : objects) {
        try {
          StoredObject read = store.get(object.digest());
          assertThat(Arrays.equals(read.encoded(), object.encoded())).as("seed %d", seed).isTrue();
        } catch (StoreException e) {
          assertThat(e.getMessage()).as("seed %d", seed).contains(pack.toString(), "byte ");
          assertThat(e.getMessage()).contains(object.digest().hex());
          unreadable.add(object.digest());
        }
      }
      List<StoreProblem> problems = store.verify(HERE);
      assertThat(problems).as("seed %d", seed).isNotEmpty();
      assertThat(problems).allMatch(problem -> problem.where().startsWith(pack.toString()));
      if (problems.stream().allMatch(problem -> problem.digest().isPresent())) {
        List<Digest> found = problems.stream().map(p -> p.digest().orElseThrow()).toList();
        assertThat(found).as("seed %d", seed).containsAll(unreadable);
      }
    }
  }

  @Test
  void anObjectThatIsDamaged_isNamedWithFileAndOffset() throws IOException {
    List<StoredObject> objects = storeSome();
    StoredObject damaged = objects.get(7);
    Damage.flip(directory, damaged.digest(), PackFormat.PREFIX_BYTES + 3);
    Path pack = Damage.packOf(directory, damaged.digest());
    Pack index = PackLoader.load(pack);
    long offset = index.entry(index.digests().indexOf(damaged.digest())).offset();
    String where = pack + ", byte " + offset;
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      assertThatExceptionOfType(CorruptObjectException.class)
          .isThrownBy(() -> store.get(damaged.digest()))
          .withMessage(
              "object "
                  + damaged.digest()
                  + " is damaged: its bytes at "
                  + where
                  + " have another digest; restore them from a copy of the store");
      assertThat(store.contains(damaged.digest())).isTrue();
      List<StoreProblem> problems = store.verify(HERE);
      assertThat(problems).hasSize(1);
      assertThat(problems.get(0).digest()).isEqualTo(Optional.of(damaged.digest()));
      assertThat(problems.get(0).where()).isEqualTo(where);
      assertThat(store.get(objects.get(6).digest())).isEqualTo(objects.get(6));
    }
  }

  @Test
  void aPackWhoseIndexIsDamaged_isStillReadAndReported() throws IOException {
    List<StoredObject> objects = storeSome();
    Path pack = Damage.packOf(directory, objects.get(0).digest());
    byte[] bytes = Files.readAllBytes(pack);
    bytes[bytes.length - 40] ^= 1;
    Files.write(pack, bytes);
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      assertThat(objects).allMatch(object -> store.get(object.digest()).equals(object));
      List<StoreProblem> problems = store.verify(HERE);
      assertThat(problems).hasSize(1);
      assertThat(problems.get(0).digest()).isEmpty();
      assertThat(problems.get(0).where()).isEqualTo(pack.toString());
      assertThat(problems.get(0).what()).contains("checksum").contains("restore the file");
      assertThatExceptionOfType(ObjectNotFoundException.class)
          .isThrownBy(() -> store.get(object("nowhere").digest()))
          .withMessageContaining(pack.toString())
          .withMessageContaining("damaged");
      // Nobody relies on a damaged pack: what is put again is written again.
      store(store, objects.get(0));
    }
    Files.delete(pack);
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      assertThat(store.get(objects.get(0).digest())).isEqualTo(objects.get(0));
      assertThat(store.contains(objects.get(1).digest())).isFalse();
      assertThat(store.verify(HERE)).isEmpty();
    }
  }

  @Test
  void aRefFileWithRandomDamage_givesWhatWasThereOrNamesThePlace() throws IOException {
    List<Ref> past = new ArrayList<>();
    List<RefMove> history;
    try (DirectoryRefs refs = DirectoryRefs.open(directory)) {
      refs.create(NAME, object("0").digest(), CAUSE);
      for (int i = 1; i < 6; i++) {
        past.add(refs.find(NAME).orElseThrow());
        refs.move(NAME, past.get(i - 1).target(), object("" + i).digest(), CAUSE);
      }
      past.add(refs.find(NAME).orElseThrow());
      history = refs.history(NAME);
    }
    Path file = directory.resolve("refs/models+/credit.log");
    byte[] whole = Files.readAllBytes(file);
    try (DirectoryRefs refs = DirectoryRefs.open(directory)) {
      for (int i = 0; i < Seeds.repetitions(2_000, 20_000); i++) {
        byte[] damaged = damagedInOnePlace(whole);
        Files.write(file, damaged);
        boolean cut = damaged.length < whole.length;
        try {
          Optional<Ref> found = refs.find(NAME);
          // What was cut off looks like a line that was never finished.
          boolean right = cut ? found.map(past::contains).orElse(true) : found.equals(last(past));
          assertThat(right).as("seed %d", seed).isTrue();
        } catch (StoreException e) {
          assertThat(e.getMessage()).as("seed %d", seed).contains(file.toString(), ", byte ");
        }
        try {
          List<RefMove> found = refs.history(NAME);
          assertThat(found).as("seed %d", seed).isEqualTo(history.subList(0, found.size()));
          assertThat(cut).as("seed %d", seed).isTrue();
        } catch (StoreException e) {
          assertThat(e.getMessage()).as("seed %d", seed).contains(file.toString(), ", byte ");
        }
      }
    }
  }

  private byte[] damagedInOnePlace(byte[] whole) {
    int place = random.nextInt(whole.length);
    if (random.nextInt(3) == 0) {
      return Arrays.copyOf(whole, place);
    }
    byte[] damaged = whole.clone();
    damaged[place] ^= (byte) (1 + random.nextInt(255));
    for (int i = place + 1; i < Math.min(place + random.nextInt(20), whole.length); i++) {
      damaged[i] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  private static Optional<Ref> last(List<Ref> past) {
    return Optional.of(past.get(past.size() - 1));
  }

  @Test
  void aDamagedRef_doesNotChangeAndDoesNotHideOthers() throws IOException {
    try (DirectoryRefs refs = DirectoryRefs.open(directory)) {
      refs.create(NAME, object("a").digest(), CAUSE);
      refs.create(NAME.child("other"), object("a").digest(), CAUSE);
      Path file = directory.resolve("refs/models+/credit.log");
      byte[] bytes = Files.readAllBytes(file);
      bytes[20] ^= 1;
      Files.write(file, bytes);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> refs.move(NAME, object("a").digest(), object("b").digest(), CAUSE))
          .withMessageContaining(file + ", byte 0")
          .withMessageContaining("restore the file");
      assertThatExceptionOfType(StoreException.class).isThrownBy(refs::list);
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
      assertThat(refs.find(NAME.child("other"))).isPresent();
      assertThat(refs.list(NAME)).hasSize(1);
    }
  }
}
