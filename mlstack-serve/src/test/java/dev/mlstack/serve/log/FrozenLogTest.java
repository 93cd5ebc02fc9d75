package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.RandomPredictions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A segment and a journal as they were written once, by {@link Freeze}: every later version must
 * read them, and write the same.
 */
class FrozenLogTest {

  private static final String RECORD = "prediction-segment-1.object";
  private static final String TABLE = "prediction-entries-1.object";
  private static final String JOURNAL = "predictions-1.journal";

  private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789012Z");
  private static final Digest PREVIOUS = Digest.of(new byte[] {4});
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("age", FieldType.FLOAT64).required(),
          Field.of("dose", FieldType.FLOAT32),
          Field.of("visits", new FieldType.Int(16)),
          Field.of("smoker", FieldType.BOOL),
          Field.of("note", FieldType.TEXT),
          Field.of("color", FieldType.category(List.of("red", "green"))),
          Field.of("born", FieldType.DATE),
          Field.of("seen", FieldType.INSTANT),
          Field.of("pixels", FieldType.tensor(2)));

  private static final List<LoggedPrediction> ENTRIES =
      Samples.copied(
          List.of(
              entry(
                  0,
                  ValuesRow.of(
                      SCHEMA,
                      36.5,
                      0.1,
                      -7,
                      true,
                      "L\u00f6w \ud83d\ude00",
                      "green",
                      LocalDate.of(1990, 2, 28),
                      AT,
                      new float[] {-0.0f, Float.NaN}),
                  0.25,
                  0.75),
              entry(
                  1,
                  ValuesRow.of(SCHEMA, -0.0, null, null, null, null, null, null, null, null),
                  -0.0,
                  Double.NaN),
              entry(
                  2,
                  ValuesRow.of(
                      SCHEMA,
                      Double.NEGATIVE_INFINITY,
                      3f,
                      0,
                      false,
                      "",
                      "red",
                      LocalDate.EPOCH,
                      Instant.EPOCH,
                      new float[] {1, 2}),
                  1e-300,
                  1)));

  private static LoggedPrediction entry(int number, ValuesRow input, double... outputs) {
    return new LoggedPrediction(
        new PredictionId((1_770_091_506_789L << 16) + number, 0x9234_5678_9abc_def0L),
        "credit",
        Digest.of(new byte[] {(byte) (number / 2)}),
        Digest.of(new byte[] {9}),
        input,
        outputs,
        1000L * number);
  }

  private static Groups.Group group() {
    return Groups.of(ENTRIES, 100).get(0);
  }

  private static MemoryDataset table() {
    return MemoryDataset.of(SegmentTable.encode(ENTRIES, group().shape()));
  }

  private static StoredObject record(Optional<Digest> previous) {
    return Segment.record("credit", ENTRIES, table().digest(), previous, AT, "ada").toObject();
  }

  private static byte[] frozen(String name) throws IOException {
    try (InputStream in = FrozenLogTest.class.getResourceAsStream("/frozen/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static MemoryStore storeOf(StoredObject... objects) {
    MemoryStore store = new MemoryStore();
    try (Batch batch = store.batch()) {
      for (StoredObject object : objects) {
        batch.put(object);
      }
      batch.commit();
    }
    return store;
  }

  @Test
  void theFrozenSegment_isRead() throws IOException {
    StoredObject record = StoredObject.decode(frozen(RECORD));
    StoredObject table = StoredObject.decode(frozen(TABLE));
    Segment segment = Segment.read(storeOf(record, table), record.digest());
    assertThat(segment)
        .isEqualTo(
            new Segment(
                record.digest(),
                "credit",
                ENTRIES.get(0).id(),
                ENTRIES.get(2).id(),
                table.digest(),
                Optional.of(PREVIOUS)));
    RandomPredictions.assertSame(segment.load(storeOf(table)), ENTRIES);
    assertThat(record.digest().hex())
        .isEqualTo("fbecf4bf0474f2486e0dc1433aeb12af330b2fe9e219ebb4c1d3ee92d1fc12ec");
  }

  @Test
  void theSameEntries_areWrittenToTheFrozenBytes() throws IOException {
    assertThat(record(Optional.of(PREVIOUS)).encoded()).isEqualTo(frozen(RECORD));
    assertThat(Journal.encode(group()).array()).isEqualTo(frozen(JOURNAL));
    MemoryStore store = new MemoryStore();
    try (Batch batch = store.batch()) {
      table().writeTo(batch);
      batch.commit();
    }
    assertThat(store.get(table().digest()).encoded()).isEqualTo(frozen(TABLE));
  }

  @Test
  void theFrozenJournal_isStored(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("dead.journal"), frozen(JOURNAL));
    try (StoredPredictionLog log =
        StoredPredictionLog.open(new MemoryStore(), new MemoryRefs(), "test", directory)) {
      RandomPredictions.assertSame(Samples.all(log), ENTRIES);
    }
  }

  @Test
  void objectsOfAnotherForm_areMalformedByName() throws IOException {
    String text = new String(frozen(RECORD), StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"\"first\":", "\"frist\":"},
          {"2026-02-03T", "yesterday T"},
          {"\"endpoint\":\"credit\"", "\"endpoint\":1        "},
        }) {
      StoredObject broken =
          StoredObject.decode(text.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8));
      assertThatExceptionOfType(MalformedObjectException.class)
          .as(change[1])
          .isThrownBy(() -> Segment.read(storeOf(broken), broken.digest()))
          .withMessageContaining(broken.digest().hex());
    }
    MemoryDataset other = MemoryDataset.of(MemoryTable.builder(SCHEMA).build());
    MemoryStore store = new MemoryStore();
    try (Batch batch = store.batch()) {
      other.writeTo(batch);
      batch.commit();
    }
    PredictionId id = ENTRIES.get(0).id();
    Segment segment =
        new Segment(other.digest(), "credit", id, id, other.digest(), Optional.empty());
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> segment.load(store))
        .withMessageContaining(other.digest().hex());
  }

  @Test
  void aChainOfSegments_isReadFromTheFrozenOnes() throws IOException {
    StoredObject first = record(Optional.empty());
    StoredObject table = StoredObject.decode(frozen(TABLE));
    MemoryRefs refs = new MemoryRefs();
    refs.create(RefName.of("predictions", "credit"), first.digest(), new Cause("ada", ""));
    try (StoredPredictionLog log = StoredPredictionLog.open(storeOf(first, table), refs, "test")) {
      LoggedPrediction next = RandomPredictions.of("credit", SCHEMA, 1, 1, -5, 1).get(0);
      log.append(next);
      log.flush();
      RandomPredictions.assertSame(
          Samples.all(log), List.of(ENTRIES.get(0), ENTRIES.get(1), ENTRIES.get(2), next));
      assertThat(log.find(ENTRIES.get(1).id())).isPresent();
    }
  }

  /** Writes what was frozen, into the directory that is its argument. */
  static final class Freeze {
    private Freeze() {}

    public static void main(String[] args) throws IOException {
      Path directory = Path.of(args[0]);
      MemoryStore store = new MemoryStore();
      try (Batch batch = store.batch()) {
        table().writeTo(batch);
        batch.commit();
      }
      Files.write(directory.resolve(TABLE), store.get(table().digest()).encoded());
      Files.write(directory.resolve(RECORD), record(Optional.of(PREVIOUS)).encoded());
      Files.write(directory.resolve(JOURNAL), Journal.encode(group()).array());
    }
  }
}
