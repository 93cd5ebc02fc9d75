package dev.mlstack.data.version;

import static dev.mlstack.data.check.Checks.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.core.store.Erasure;
import dev.mlstack.data.check.CheckReport;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.table.Dataset;
import dev.mlstack.testkit.ForwardingRefs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasing a person: the rows are gone from all versions, and their bytes from the disk. */
class EraseTest {

  private static final String PERSON = "grace.hopper@navy.example";

  private final Path directory;
  private final DirectoryStore store;
  private final DirectoryRefs refs;
  private final Datasets datasets;

  EraseTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.store = DirectoryStore.open(directory.resolve("store"));
    this.refs = DirectoryRefs.open(directory.resolve("store"));
    this.datasets = new Datasets(store, refs, "ada", Execution.here());
  }

  @AfterEach
  void close() {
    refs.close();
    store.close();
  }

  /** Returns a file of 3,000 people; one of them in a row that is good, and in one that is bad. */
  private Csv people(String person, int version) throws IOException {
    StringBuilder text = new StringBuilder("id,mail,age\n");
    for (int i = 0; i < 3000; i++) {
      String mail = i == 1500 ? person : "someone" + i + "@x.example";
      int age = i % 100 == 99 ? 999 : (i + version) % 90;
      text.append(i).append(',').append(mail).append(',').append(age).append('\n');
    }
    text.append("4000,").append(person).append(",777\n");
    return Csv.file(Files.writeString(directory.resolve("people.csv"), text)).key("id");
  }

  /** Refs that do something right before each change. */
  private static final class DisturbedRefs extends ForwardingRefs {
    private final Runnable before;

    DisturbedRefs(Refs refs, Runnable before) {
      super(refs);
      this.before = before;
    }

    @Override
    public boolean create(RefName name, Digest to, Cause cause) {
      before.run();
      return super.create(name, to, cause);
    }

    @Override
    public boolean move(RefName name, Digest from, Digest to, Cause cause) {
      before.run();
      return super.move(name, from, to, cause);
    }
  }

  private static List<String> mails(Dataset data) {
    List<String> mails = new ArrayList<>();
    data.forEach(
        table -> {
          for (var row = table.cursor(); row.next(); ) {
            mails.add(String.valueOf(row.text(1)));
          }
        });
    return mails;
  }

  private boolean isOnDisk(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (bytes.contains(text)) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void erase_person_isGoneEverywhere() throws IOException {
    Checks checks = Checks.of(column("age").between(0, 120));
    VersionedDataset people = datasets.dataset("people");
    Snapshot first = people.commit(people(PERSON, 0), checks, "first");
    people.tag("first");
    people.tag("content", first.digest());
    VersionedDataset branch = people.branch("other");
    Snapshot second = branch.commit(people(PERSON, 1), checks, "second");
    branch.delete(RowSelection.having("id", 1500), "no longer in the newest");
    VersionedDataset others = datasets.dataset("others");
    Snapshot untouched = others.commit(people("nobody@x.example", 0), checks, "others");
    assertThat(isOnDisk(PERSON)).isTrue();

    List<Erasure> erasures =
        datasets.erase(RowSelection.having("mail", PERSON), "asked by the person");

    assertThat(isOnDisk(PERSON)).isFalse();
    assertThat(erasures).hasSize(4).allMatch(erasure -> erasure.by().equals("ada"));
    assertThat(store.verify(Execution.here())).isEmpty();
    for (Snapshot old :
        List.of(
            people.snapshot("first"),
            people.snapshot(first.digest()),
            people.snapshot(second.record().orElseThrow()),
            people.snapshot("content"))) {
      assertThat(old.rows()).isEqualTo(2969);
      assertThat(mails(old)).hasSize(2969).doesNotContain(PERSON);
      assertThat(old.erasures()).hasSize(1);
      assertThat(old.erasures().get(0).reason()).isEqualTo("asked by the person");
      assertThat(old.erasures().get(0).rows()).isEqualTo(1);
    }
    Snapshot old = people.snapshot("first");
    assertThat(old.rejected().rows()).isEqualTo(30);
    assertThat(old.checks().results()).allMatch(result -> result.failures() == 31);
    assertThat(old.checks().results()).flatMap(CheckReport.Result::first).isEmpty();
    assertThat(people.log().get(0).message()).isEqualTo("rows erased: asked by the person");
    assertThat(people.head().orElseThrow().digest()).isEqualTo(old.digest());
    assertThat(branch.log()).hasSize(3);
    assertThat(others.head().orElseThrow().commit()).isEqualTo(untouched.commit());
    assertThat(others.log()).hasSize(1);
    assertThatExceptionOfType(ObjectNotFoundException.class).isThrownBy(() -> mails(first));

    assertThat(datasets.erase(RowSelection.having("mail", PERSON), "again")).isEmpty();
    store.collect(refs, Duration.ZERO, Execution.here());
    assertThat(mails(people.snapshot("first"))).hasSize(2969);
    assertThat(people.commit(people(PERSON, 0), checks, "as before").erasures()).hasSize(1);
    assertThat(people.append(people("new@x.example", 9), Checks.none(), "goes on").rows())
        .isGreaterThan(2969);
  }

  @Test
  void erase_twoPersonsOneAfterTheOther_followsBothTombstones() throws IOException {
    VersionedDataset people = datasets.dataset("people");
    Snapshot first = people.commit(people(PERSON, 0));
    datasets.erase(RowSelection.having("id", 1500, 4000), "one");
    datasets.erase(RowSelection.where(row -> row.integer(0) < 10), "ten");
    Snapshot old = people.snapshot(first.record().orElseThrow());
    assertThat(old.rows()).isEqualTo(2989);
    assertThat(old.erasures().stream().map(Erasure::reason)).containsExactly("one", "ten");
    assertThat(store.verify(Execution.here())).isEmpty();
    assertThat(isOnDisk(PERSON)).isFalse();
  }

  /** Somebody adds to the version that is being erased from, just before the branch moves. */
  @Test
  void erase_whileOthersCommit_findsWhatTheyCommitted() throws IOException {
    VersionedDataset people = datasets.dataset("people");
    people.commit(people(PERSON, 0));
    boolean[] done = {false};
    DisturbedRefs hooked =
        new DisturbedRefs(
            refs,
            () -> {
              if (!done[0]) {
                done[0] = true;
                people.delete(RowSelection.having("id", 0), "in between");
              }
            });
    new Datasets(store, hooked, "eve", Execution.here())
        .erase(RowSelection.having("mail", PERSON), "asked");
    assertThat(done[0]).isTrue();
    assertThat(mails(people.head().orElseThrow())).hasSize(2998).doesNotContain(PERSON);
    assertThat(isOnDisk(PERSON)).isFalse();
    assertThat(store.verify(Execution.here())).isEmpty();
  }

  /** Killed after each change of a ref in turn: running it again finishes. */
  @Test
  void erase_killedHalfWay_canBeRunAgain() throws IOException {
    VersionedDataset people = datasets.dataset("people");
    Checks checks = Checks.of(column("age").between(0, 120));
    people.commit(people(PERSON, 0), checks, "");
    people.commit(people(PERSON, 1), checks, "");
    for (int steps = 0; steps < 8; steps++) {
      int[] left = {steps};
      DisturbedRefs dying =
          new DisturbedRefs(
              refs,
              () -> {
                if (left[0]-- == 0) {
                  throw new IllegalStateException("killed");
                }
              });
      try {
        new Datasets(store, dying, "eve", Execution.here())
            .erase(RowSelection.having("mail", PERSON), "asked");
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("killed");
      }
      assertThat(people.head().orElseThrow().rows()).isIn(2970L, 2969L);
    }
    datasets.erase(RowSelection.having("mail", PERSON), "asked");
    assertThat(isOnDisk(PERSON)).isFalse();
    assertThat(store.verify(Execution.here())).isEmpty();
    assertThat(mails(people.snapshot("main"))).doesNotContain(PERSON);
  }
}
