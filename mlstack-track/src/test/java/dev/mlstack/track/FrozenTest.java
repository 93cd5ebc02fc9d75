package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.track.environment.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and objects as they were written once: every later version must read them. */
class FrozenTest {

  private static final String RECORD =
      "74d1a080010bfca1a06337c854ea8f03183ab666f29017ebea6f67e45599e4de";

  /** The objects that belong to the record. */
  private static final List<String> OBJECTS =
      List.of(
          "054d35c30be24adb3b1d88f088c2e1b47b226755a894e3254717c63d8f472f06",
          "5ba7e6ddc496765ff6c51c703ad2fe450d7d6605effb2246a2bdee745bad62e0",
          "74d1a080010bfca1a06337c854ea8f03183ab666f29017ebea6f67e45599e4de",
          "82362934a9b71596d5f654410f079e2da8574a8bf6958a1bf3cb07566e33bb20");

  private static final RunId SEALED = new RunId("0123456789abcdef0123456789abcdef");
  private static final RunId OPEN = new RunId("f".repeat(32));
  private static final Instant STARTED = Instant.parse("2026-02-03T04:05:06.007Z");

  private final ObjectStore store = new MemoryStore();
  private final Refs refs = new MemoryRefs();

  private static StoredObject held(String text) {
    return StoredObject.of(
        ObjectKind.CONTENT,
        new VersionedName("thing", 1),
        List.of(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the run that was sealed. */
  private static RunLog sealed() {
    SortedMap<String, Points> points = new TreeMap<>();
    Points loss = new Points();
    loss.add(2, STARTED.toEpochMilli() + 20, 0.25);
    loss.add(1, STARTED.toEpochMilli() + 10, 0.5);
    loss.add(2, STARTED.toEpochMilli() + 30, Double.NaN);
    points.put("loss", loss);
    Points auc = new Points();
    auc.add(Long.MAX_VALUE, STARTED.toEpochMilli(), Double.NEGATIVE_INFINITY);
    points.put("AUC größe", auc);
    SortedMap<String, MetricPoint> last = new TreeMap<>();
    points.forEach((name, values) -> last.put(name, values.get(values.last())));
    RunRequest request =
        RunRequest.of("credit", "first \"try\"", "ada")
            .withParent(new RunId("a".repeat(32)))
            .withTags(Map.of("stage", "new"));
    RunInfo info =
        new RunInfo(
            SEALED,
            request,
            RunStatus.FINISHED,
            STARTED,
            Optional.of(STARTED.plusMillis(1234)),
            new TreeMap<>(Map.of("depth", Value.of(6), "doc", Value.doc().put("eta", 0.1).build())),
            last,
            new TreeMap<>(Map.of("stage", "done", "note", "ü😀")),
            new TreeMap<>(Map.of("data", Digest.of(new byte[] {1}))),
            new TreeMap<>(
                Map.of(
                    "model",
                    held("model").digest(),
                    "recipe",
                    held("recipe").digest(),
                    "gone",
                    Digest.of(new byte[] {2}))),
            Optional.empty());
    Value.Doc environment = Value.doc().put("java", "17").build();
    return new RunLog(info, points, Optional.of(Environment.of(environment)));
  }

  private static byte[] resource(String name) {
    try (InputStream in = FrozenTest.class.getResourceAsStream("/frozen/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readObjects() {
    try (Batch batch = store.batch()) {
      for (String digest : OBJECTS) {
        StoredObject object = StoredObject.decode(resource("run-1/" + digest + ".object"));
        assertThat(object.digest().hex()).isEqualTo(digest);
        batch.put(object);
      }
      batch.put(held("model"));
      batch.put(held("recipe"));
      batch.commit();
    }
    refs.create(RefName.of("runs", SEALED.value()), Digest.parse(RECORD), new Cause("ada", ""));
  }

  private static List<MetricPoint> history(String metric) {
    return sealed().points().getOrDefault(metric, new Points()).byStep().toList();
  }

  @Test
  void recordOfVersion1_isReadAndWrittenTheSame() {
    readObjects();
    try (MemoryTracker tracker = new MemoryTracker(store, refs)) {
      assertThat(tracker.list(RunQuery.all()))
          .containsExactly(sealed().sealed(Digest.parse(RECORD)).info());
      assertThat(tracker.history(SEALED, "loss")).isEqualTo(history("loss"));
      assertThat(tracker.history(SEALED, "AUC größe")).isEqualTo(history("AUC größe"));
    }
    List<Digest> written = new ArrayList<>();
    Digest again =
        new RunArchive(store)
            .write(
                object -> {
                  written.add(object.digest());
                  return object.digest();
                },
                sealed());
    assertThat(again.hex()).isEqualTo(RECORD);
    assertThat(written).extracting(Digest::hex).containsExactlyInAnyOrderElementsOf(OBJECTS);
  }

  @Test
  void fileOfVersion1_isReadAndItsOpenRunIsEnded(@TempDir Path directory) throws IOException {
    readObjects();
    Path file = directory.resolve("tracker.db");
    Files.write(file, resource("tracker-1.db"));
    try (SqliteTracker tracker = SqliteTracker.open(file, store, refs)) {
      assertThat(tracker.find(SEALED)).contains(sealed().sealed(Digest.parse(RECORD)).info());
      assertThat(tracker.history(SEALED, "loss")).isEqualTo(history("loss"));
      assertThat(tracker.history(SEALED, "AUC größe")).isEqualTo(history("AUC größe"));

      RunInfo open = tracker.find(OPEN).orElseThrow();
      assertThat(open.status()).isEqualTo(RunStatus.KILLED);
      assertThat(open.started()).isEqualTo(Instant.parse("2026-02-03T05:00:00Z"));
      assertThat(open.ended()).contains(Instant.ofEpochMilli(1770094802000L));
      assertThat(open.request().name()).isEqualTo("still open");
      assertThat(open.request().tags()).isEqualTo(Map.of("k", "v"));
      assertThat(open.tags()).isEqualTo(Map.of("k", "w"));
      assertThat(open.params()).isEqualTo(Map.of("depth", Value.of(6)));
      assertThat(open.inputs()).isEqualTo(Map.of("data", Digest.of(new byte[] {9})));
      assertThat(tracker.history(OPEN, "loss"))
          .containsExactly(
              new MetricPoint(1, Instant.ofEpochMilli(1770094800500L), 0.5),
              new MetricPoint(2, Instant.ofEpochMilli(1770094801000L), Double.NaN));
      StoredObject record = store.get(open.record().orElseThrow());
      assertThat(Environment.read(store, record.requireTarget("environment")).facts())
          .isEqualTo(Value.doc().put("java", "17").build());
    }
  }
}
