package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoreException;
import dev.mlstack.testkit.RandomPredictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those hear who use a log whose disk fails, and what becomes of their entries. */
class LogFailureTest {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Path directory;
  private final FailingStore store = new FailingStore();
  private final MemoryRefs refs = new MemoryRefs();
  private final List<LoggedPrediction> entries = Samples.entries(0, 60);

  LogFailureTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aFullStore_failsTheFlush_andLosesNothing() {
    try (StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test")) {
      entries.subList(0, 20).forEach(log::append);
      log.flush();
      store.fill();
      entries.subList(20, 40).forEach(log::append);
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(log::flush)
            .withMessageContaining("cannot flush the prediction log")
            .withMessageContaining("no space left");
      }
      entries.subList(40, 60).forEach(log::append);
      store.free();
      log.flush();
      RandomPredictions.assertSame(Samples.all(log), entries);
    }
  }

  @Test
  void aFullStore_isTriedAgainWithoutBeingAsked() {
    try (StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test")) {
      store.fill();
      entries.forEach(log::append);
      assertThatExceptionOfType(StoreException.class).isThrownBy(log::flush);
      store.free();
      Segments segments = new Segments(store, refs, "test");
      long start = System.nanoTime();
      while (segments.of("credit").isEmpty()) {
        assertThat(System.nanoTime() - start).as("waited too long").isLessThan(PATIENCE_NANOS);
        Thread.onSpinWait();
      }
      RandomPredictions.assertSame(Samples.all(log), entries);
    }
  }

  @Test
  void aLogThatCannotBeStoredWhenClosed_saysSo() {
    StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test");
    entries.forEach(log::append);
    store.fill();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(log::close)
        .withMessageContaining("could not store all entries")
        .withMessageContaining("no space left");
    log.close();
  }

  @Test
  void withAJournal_aFullStoreLosesNothing_alsoWhenTheLogIsClosed() throws IOException {
    StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test", directory);
    store.fill();
    entries.subList(0, 30).forEach(log::append);
    log.flush();
    entries.subList(30, 60).forEach(log::append);
    assertThatExceptionOfType(StoreException.class).isThrownBy(log::close);
    assertThat(Samples.files(directory, ".journal")).hasSize(1);

    store.free();
    try (StoredPredictionLog again = StoredPredictionLog.open(store, refs, "test", directory)) {
      RandomPredictions.assertSame(Samples.all(again), entries);
    }
    assertThat(Samples.files(directory, "")).isEmpty();
  }

  @Test
  void aJournalThatIsGone_failsTheFlush_andClosingStoresEverything() throws IOException {
    StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test", directory);
    entries.subList(0, 30).forEach(log::append);
    log.flush();
    Path journal = Samples.files(directory, ".journal").get(0);
    Files.delete(journal);
    entries.subList(30, 60).forEach(log::append);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(log::flush)
        .withMessageContaining(journal.toString());
    log.close();
    try (StoredPredictionLog again = StoredPredictionLog.open(store, refs, "test")) {
      RandomPredictions.assertSame(Samples.all(again), entries);
    }
  }

  @Test
  void aDirectoryThatCannotBe_isSaidWhenOpening() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> StoredPredictionLog.open(store, refs, "test", file).close())
        .withMessageContaining(file.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredPredictionLog.open(store, refs, " ").close())
        .withMessageContaining("blank");
  }

  @Test
  void entriesThatNoLogCanKeep_areRefusedAtOnce_andDoNoHarm() {
    Schema schema =
        Schema.of(
            Field.of("color", FieldType.category(List.of("red"))).required(),
            Field.of("note", FieldType.TEXT));
    try (StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> log.append(entry("credit", ValuesRow.of(schema, null, "x"))))
          .withMessageContaining("'color'");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> log.append(entry("credit", ValuesRow.of(schema, "blue", "x"))))
          .withMessageContaining("'blue'");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> log.append(entry("credit", ValuesRow.of(schema, "red", "\uDC00"))))
          .withMessageContaining("'note'");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> log.append(entry("Credit!", ValuesRow.of(schema, "red", "x"))))
          .withMessageContaining("Credit!");
      log.append(entry("credit", ValuesRow.of(schema, "red", "x")));
      log.flush();
      assertThat(Samples.all(log)).hasSize(1);
    }
  }

  private static LoggedPrediction entry(String endpoint, ValuesRow input) {
    Digest digest = Digest.of(new byte[0]);
    return new LoggedPrediction(
        new PredictionId(1, 2), endpoint, digest, digest, input, new double[1], 3);
  }

  @Test
  void aSlowStore_keepsNobodyWaitingWhoReadsOrAppends() throws Exception {
    List<LoggedPrediction> many = Samples.entries(1000, StoredPredictionLog.SEGMENT_ENTRIES);
    StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test", directory);
    many.forEach(log::append);
    log.flush();
    store.block();
    entries.subList(0, 30).forEach(log::append);
    CompletableFuture<Void> flushed = CompletableFuture.runAsync(log::flush);
    store.awaitWriter();

    assertThat(log.find(many.get(7).id())).isPresent();
    assertThat(Samples.all(log)).hasSize(many.size());
    entries.subList(30, 60).forEach(log::append);
    assertThat(flushed).isNotDone();

    store.unblock();
    flushed.join();
    log.flush();
    List<LoggedPrediction> expected = new ArrayList<>(entries);
    expected.addAll(many);
    RandomPredictions.assertSame(Samples.all(log), expected);
    // The many are a segment now; the journal has only what came after.
    assertThat(new Segments(store, refs, "test").of("credit")).hasSize(1);
    log.close();
    assertThat(new Segments(store, refs, "test").of("credit")).hasSize(2);
  }
}
