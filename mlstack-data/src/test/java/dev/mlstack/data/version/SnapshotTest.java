package dev.mlstack.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.table.ColumnCodec;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.data.testing.TableAssert;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Split;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of the stored form, and reading it. */
class SnapshotTest {

  private static final Schema KEYED =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("a", FieldType.FLOAT64),
          Field.of("b", FieldType.INT64),
          Field.of("t", FieldType.TEXT));

  private static final long KEY_17 = 0xde8d9da098163dc1L;
  private static final long[] EQUAL_ROWS = {
    0x4e7fa6d77f589d55L, 0x21183c5801e19eaaL, 0x5c518a5751876b53L
  };

  private final BufferAllocator allocator = new RootAllocator();
  private final WatchedStore store = new WatchedStore();
  private final VersionedDataset dataset =
      new Datasets(store, new MemoryRefs(), "ada", Execution.here())
          .withAllocator(allocator)
          .dataset("data");
  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  @AfterEach
  void nothingIsLeft() {
    assertThat(allocator.getAllocatedMemory()).as("seed %d", seed).isZero();
    allocator.close();
  }

  private Snapshot commit(MemoryTable rows, int... sizes) throws IOException {
    return dataset.commit(TestSource.of(rows, sizes));
  }

  private static long[] ids(Dataset data) {
    List<Long> ids = new ArrayList<>();
    data.forEach(table -> IntStream.range(0, table.rows()).forEach(r -> ids.add(table.rowId(r))));
    return ids.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Integer> groupRows(Dataset data) {
    List<Integer> rows = new ArrayList<>();
    data.forEach(table -> rows.add(table.rows()));
    return rows;
  }

  /** Returns keyed rows whose values follow from the key, and from a seed. */
  private static MemoryTable keyed(LongStream keys, long valueSeed) {
    MemoryTable.Builder builder = MemoryTable.builder(KEYED);
    keys.forEach(
        key -> {
          Random values = new Random(key * 31 + valueSeed);
          builder.add(
              0, key, values.nextGaussian(), values.nextLong(), Long.toString(values.nextLong()));
        });
    return builder.build();
  }

  private static MemoryTable keyed(int count) {
    return keyed(LongStream.range(0, count), 0);
  }

  // ---- identity

  /** Computed with the Python package xxhash of the bytes 1 and 17 as eight bytes. */
  @Test
  void rowId_ofAKey_isTheHashOfItsBytes() throws IOException {
    assertThat(ids(commit(keyed(LongStream.of(17), 5)))).containsExactly(KEY_17);
  }

  /** Computed with the Python package xxhash, with the seeds 0, 1 and 2. */
  @Test
  void rowId_withoutKeys_isTheHashOfAllValues_andOfTheOccurrence() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("n", FieldType.INT32),
            Field.of("t", FieldType.TEXT),
            Field.of("r", FieldType.FLOAT64));
    MemoryTable rows =
        MemoryTable.builder(schema)
            .add(1, 1, "ab", null)
            .add(2, 1, "ab", null)
            .add(3, 2, "ab", null)
            .add(4, 1, "ab", null)
            .build();
    long[] ids = ids(commit(rows));
    assertThat(new long[] {ids[0], ids[1], ids[3]}).containsExactly(EQUAL_ROWS);
    assertThat(LongStream.of(ids).distinct().count()).isEqualTo(4);
  }

  @Test
  void rowId_ofAKey_staysWhenValuesAndNeighboursChange() throws IOException {
    long[] before = ids(commit(keyed(1000)));
    MemoryTable changed = keyed(LongStream.range(0, 3000).map(i -> (i * 7) % 3000), 99);
    Set<Long> after = new HashSet<>(LongStream.of(ids(commit(changed))).boxed().toList());
    assertThat(after).containsAll(LongStream.of(before).boxed().toList());
  }

  @Test
  void rowId_ofTwoKeys_dependsOnBoth() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("a", FieldType.TEXT).withRole(Role.KEY),
            Field.of("x", FieldType.INT64),
            Field.of("b", FieldType.DATE).withRole(Role.KEY));
    java.time.LocalDate day = java.time.LocalDate.of(2024, 1, 1);
    MemoryTable rows =
        MemoryTable.builder(schema)
            .add(1, "p", 1, day)
            .add(2, "p", 1, day.plusDays(1))
            .add(3, "q", 1, day)
            .add(4, "p", 2, day)
            .build();
    Snapshot data = commit(rows);
    assertThat(LongStream.of(ids(data)).distinct().count()).isEqualTo(3);
    List<List<Object>> rejected = TableAssert.rows(data.rejected());
    assertThat(rejected).hasSize(1);
    assertThat(rejected.get(0).subList(4, 7))
        .containsExactly(
            "text a, b", "text p, 2024-01-01", "text this key stands on line 1 already");
  }

  // ---- groups

  @Test
  void groups_areCutWhereTheIdentitiesSay() throws IOException {
    Snapshot data = commit(keyed(30_000));
    List<Integer> expected = new ArrayList<>();
    int rows = 0;
    for (long id : ids(data)) {
      rows++;
      if ((splitMix(id) & 1023) == 0 || rows == 4096) {
        expected.add(rows);
        rows = 0;
      }
    }
    if (rows > 0) {
      expected.add(rows);
    }
    assertThat(groupRows(data)).isEqualTo(expected);
    assertThat(expected).hasSizeBetween(10, 60);
  }

  /** Returns the first number that the JDK's SplitMix64 gives in a state. */
  private static long splitMix(long state) {
    return new SplittableRandom(state).nextLong();
  }

  /** A column of long texts ends groups before it is too large to be stored. */
  @Test
  void groups_ofLongTexts_areSmaller() throws IOException {
    Schema schema = Schema.of(Field.of("t", FieldType.TEXT));
    MemoryTable.Builder rows = MemoryTable.builder(schema);
    for (int i = 0; i < 25; i++) {
      rows.add(i, "x".repeat((4 << 20) - 4) + i);
    }
    MemoryTable table = rows.build();
    Snapshot whole = commit(table);
    assertThat(groupRows(whole)).startsWith(4, 4, 4, 4);
    assertThat(commit(table, 1, 2, 3, 5, 7).digest()).isEqualTo(whole.digest());
  }

  @Test
  void commit_valueThatIsTooLarge_isRefused() {
    Schema schema = Schema.of(Field.of("f", FieldType.tensor(3000, 3000)));
    MemoryTable rows = MemoryTable.builder(schema).build();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> commit(rows))
        .withMessageContaining("column 'f' has values of more than 32 MiB");
    MemoryTable text =
        MemoryTable.builder(Schema.of(Field.of("t", FieldType.TEXT)))
            .add(1, "x".repeat(49 << 20))
            .build();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> commit(text))
        .withMessageContaining("column 't' has values of more than 32 MiB");
  }

  // ---- equal data, equal digests

  @Test
  void digest_isTheSameHoweverTheRowsAreBatched() throws IOException {
    for (Schema schema : List.of(RandomTables.schema(), keyedRandom())) {
      MemoryTable rows = RandomTables.table(schema, 6000, 0.2, random);
      Snapshot whole = commit(rows);
      for (int round = 0; round < 5; round++) {
        int[] sizes = random.ints(random.nextInt(40), 1, 500).toArray();
        Snapshot pieces = commit(rows, sizes);
        assertThat(pieces.digest()).as("seed %d", seed).isEqualTo(whole.digest());
        assertThat(pieces.commit().orElseThrow().rejectedRows())
            .isEqualTo(whole.commit().orElseThrow().rejectedRows());
      }
    }
  }

  /** A schema whose key comes twice now and then. */
  private static Schema keyedRandom() {
    return RandomTables.schema().with("c2", field -> field.withRole(Role.KEY));
  }

  @Test
  void digest_differsWithAnyValue() throws IOException {
    Set<Digest> digests = new HashSet<>();
    MemoryTable rows = keyed(100);
    assertThat(digests.add(commit(rows).digest())).isTrue();
    for (int round = 0; round < 20; round++) {
      MemoryTable.Builder changed = MemoryTable.builder(KEYED);
      int row = random.nextInt(100);
      int column = random.nextInt(4);
      for (int i = 0; i < 100; i++) {
        @Nullable Object[] values = {
          rows.cursor().moveTo(i).integer(0),
          rows.cursor().moveTo(i).number(1),
          rows.cursor().moveTo(i).integer(2),
          rows.cursor().moveTo(i).text(3)
        };
        if (i == row) {
          values[column] =
              column == 3 ? "other" + round : column == 1 ? (Object) (round + 0.5) : -1L - round;
        }
        changed.add(i, values);
      }
      assertThat(digests.add(commit(changed.build()).digest())).as("seed %d", seed).isTrue();
    }
    Schema renamed = KEYED.with("b", field -> field.withName("c"));
    MemoryTable.Builder same = MemoryTable.builder(renamed);
    for (int i = 0; i < 100; i++) {
      same.add(i, rows.cursor().moveTo(i));
    }
    assertThat(digests.add(commit(same.build()).digest())).isTrue();
  }

  // ---- what is equal is stored once

  private long bytesAdded(MemoryTable rows) throws IOException {
    long before = store.bytes();
    commit(rows);
    return store.bytes() - before;
  }

  /** One percent more rows, or other values in one percent of them, cost at most three percent. */
  @Test
  void commit_smallChanges_storeLittle() throws IOException {
    int count = 200_000;
    MemoryTable rows = keyed(count);
    long all = bytesAdded(rows);
    long appended = bytesAdded(keyed(count + count / 100));
    assertThat(appended).isLessThan(all * 3 / 100);
    for (int from : new int[] {1_000, 50_000, 160_000}) {
      long changed = bytesAdded(changedIn(rows, from, from + count / 100, from));
      assertThat(changed).as("region from %d", from).isLessThan(all * 3 / 100);
    }
    assertThat(bytesAdded(rows)).isLessThan(2000);
  }

  private static MemoryTable changedIn(MemoryTable rows, int from, int to, int valueSeed) {
    MemoryTable.Builder builder = MemoryTable.builder(KEYED);
    Random values = new Random(valueSeed);
    for (int row = 0; row < rows.rows(); row++) {
      if (row < from || row >= to) {
        builder.add(0, rows.cursor().moveTo(row));
      } else {
        long key = rows.cursor().moveTo(row).integer(0);
        builder.add(0, key, values.nextDouble(), values.nextLong(), "changed " + values.nextInt());
      }
    }
    return builder.build();
  }

  /** Rows that are inserted or removed move the others, and cost no more than where they are. */
  @Test
  void commit_insertedAndRemovedRows_storeTheGroupsTheyTouch() throws IOException {
    int count = 50_000;
    commit(keyed(count));
    long all = store.bytes();
    LongStream inserted =
        LongStream.concat(
            LongStream.concat(LongStream.range(0, 20_000), LongStream.range(100_000, 100_010)),
            LongStream.range(20_000, count));
    assertThat(bytesAdded(keyed(inserted, 0))).isLessThan(all / 5);
    LongStream removed = LongStream.range(0, count).filter(key -> key < 30_000 || key > 30_100);
    assertThat(bytesAdded(keyed(removed, 0))).isLessThan(all / 5);
  }

  /** A change of one column leaves the bytes of the others as they are. */
  @Test
  void commit_oneColumnChanged_storesThatColumn() throws IOException {
    MemoryTable rows = keyed(5000);
    commit(rows);
    long objects = store.digests().count();
    MemoryTable.Builder changed = MemoryTable.builder(KEYED);
    for (int row = 0; row < rows.rows(); row++) {
      var cursor = rows.cursor().moveTo(row);
      changed.add(0, cursor.integer(0), cursor.number(1), 7L, cursor.text(3));
    }
    Snapshot data = commit(changed.build());
    int groups = data.shards().size();
    // A column and a root for each group; a root, a recipe and a commit.
    assertThat(store.digests().count() - objects).isLessThanOrEqualTo(2L * groups + 3);
  }

  // ---- reading

  @Test
  void open_readsEachColumnWhenItIsAskedFor() throws IOException {
    Snapshot data = commit(keyed(5000));
    int groups = data.shards().size();
    store.takeRead();
    data.forEach(table -> assertThat(table.rows()).isPositive());
    assertThat(store.takeRead()).isEmpty();
    data.forEach(table -> assertThat(table.column("b").rows()).isEqualTo(table.rows()));
    assertThat(store.takeRead()).hasSize(2 * groups);
    data.split(0.5, 1);
    assertThat(store.takeRead()).hasSize(2 * groups);
  }

  @Test
  void shards_oneByOne_areTheWhole() throws IOException {
    Snapshot data = commit(keyed(5000));
    List<List<Object>> rows = new ArrayList<>();
    for (Shard shard : data.shards()) {
      try (TableReader reader = shard.open()) {
        Table table = Objects.requireNonNull(reader.next());
        assertThat(table).isInstanceOf(ArrowTable.class);
        TableAssert.assertEqual(MemoryTable.copyOf(table), table);
        for (int row = 0; row < table.rows(); row++) {
          rows.add(List.of(table.rowId(row), ((LongColumn) table.column("b")).get(row)));
        }
        assertThat(reader.next()).isNull();
      }
    }
    assertThat(rows).hasSize(5000);
    assertThat(rows.stream().map(row -> row.get(0)).toList())
        .isEqualTo(LongStream.of(ids(data)).boxed().toList());
  }

  @Test
  void open_byManyThreads_givesAllTheSame() throws IOException {
    Snapshot data = commit(RandomTables.table(RandomTables.schema(), 4000, 0.1, random));
    List<List<Object>> expected = TableAssert.rows(data);
    List<CompletableFuture<List<List<Object>>>> readers =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> TableAssert.rows(data)))
            .toList();
    for (CompletableFuture<List<List<Object>>> reader : readers) {
      assertThat(reader.join()).isEqualTo(expected);
    }
  }

  @Test
  void open_damagedObject_isNamedAndTheRestIsRead() throws IOException {
    Snapshot data = commit(keyed(5000));
    StoredObject root = store.get(data.digest());
    StoredObject group = store.get(root.requireTarget("group.1"));
    for (String edge : List.of("ids", "column.0", "column.3")) {
      Digest chunk = group.requireTarget(edge);
      store.damage(chunk);
      assertThatExceptionOfType(CorruptObjectException.class)
          .isThrownBy(() -> TableAssert.rows(data))
          .withMessageContaining(chunk.hex());
      store.mend(chunk);
    }
    store.damage(group.digest());
    assertThatExceptionOfType(CorruptObjectException.class)
        .isThrownBy(() -> ids(data))
        .withMessageContaining(group.digest().hex());
    try (TableReader reader = data.shards().get(0).open()) {
      Table first = Objects.requireNonNull(reader.next());
      assertThat(first.column(0).rows()).isEqualTo(first.rows());
    }
    store.damage(data.digest());
    assertThatExceptionOfType(CorruptObjectException.class)
        .isThrownBy(() -> dataset.snapshot(data.digest()));
    assertThatExceptionOfType(CorruptObjectException.class).isThrownBy(dataset::head);
  }

  @Test
  void open_snapshotWithoutRows_hasOneEmptyShard() {
    Digest digest;
    try (Batch batch = store.batch()) {
      digest = new SnapshotWriter(KEYED, batch, Execution.here(), Similar.none()).finish();
      batch.commit();
    }
    Snapshot data = dataset.snapshot(digest);
    assertThat(data.rows()).isZero();
    assertThat(data.shards()).hasSize(1);
    assertThat(TableAssert.rows(data)).isEmpty();
    try (TableReader reader = data.shards().get(0).open()) {
      assertThat(reader.next()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"groups\":[1],\"rows\":1,\"schema\":[]}",
        "{\"groups\":[],\"rows\":1}",
        "{\"groups\":[],\"schema\":[]}",
        "[]",
        "not json"
      })
  void of_malformedRoot_isNamed(String payload) {
    StoredObject object =
        StoredObject.of(
            ObjectKind.CONTENT,
            SnapshotFormat.SNAPSHOT,
            List.of(),
            payload.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> SnapshotContent.of(object))
        .withMessageContaining(object.digest().hex());
  }

  /** A root whose groups have other columns than it says. */
  @Test
  void open_groupOfAnotherSnapshot_isRefused() throws IOException {
    Snapshot data = commit(keyed(10));
    StoredObject root = store.get(data.digest());
    Schema more = KEYED.with(Field.of("z", FieldType.INT64));
    StoredObject forged =
        StoredObject.of(
            ObjectKind.CONTENT,
            SnapshotFormat.SNAPSHOT,
            List.of(Edge.holds("group.0", root.requireTarget("group.0"))),
            Value.doc()
                .put("schema", more.toValue())
                .put("rows", 10)
                .put("groups", Value.ofWholes(List.of(10)))
                .build());
    try (Batch batch = store.batch()) {
      batch.put(forged);
      batch.commit();
    }
    Snapshot snapshot = dataset.snapshot(forged.digest());
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> TableAssert.rows(snapshot))
        .withMessageContaining("it has no edge column.4");
  }

  // ---- splits

  @Test
  void split_ofASnapshot_staysWhenRowsAreAppended() throws IOException {
    Snapshot before = commit(keyed(5000));
    Snapshot after = commit(keyed(6000));
    Split split = before.split(0.8, 42);
    Set<List<Object>> train = new HashSet<>(TableAssert.rows(split.train()));
    Set<List<Object>> test = new HashSet<>(TableAssert.rows(split.test()));
    assertThat(train.size() + test.size()).isEqualTo(5000);
    assertThat(TableAssert.rows(after.split(0.8, 42).train())).containsAll(train);
    assertThat(TableAssert.rows(after.split(0.8, 42).test())).containsAll(test);
    assertThat(split.train().record()).isEqualTo(before.record());
    assertThat(commit(keyed(5000), 17, 4).split(0.8, 42).digest()).isEqualTo(split.digest());
  }

  /** The bytes of a column in the store are those of the codec. */
  @Test
  void columns_areStoredAsTheCodecSays() throws IOException {
    Snapshot data = commit(RandomTables.table(RandomTables.schema(), 50, 0.3, random));
    StoredObject root = store.get(data.digest());
    StoredObject group = store.get(root.requireTarget("group.0"));
    try (TableReader reader = data.open()) {
      Table table = Objects.requireNonNull(reader.next());
      for (int i = 0; i < table.schema().size(); i++) {
        StoredObject column = store.get(group.requireTarget("column." + i));
        assertThat(column.type()).isEqualTo(SnapshotFormat.COLUMN);
        assertThat(column.payload()).isEqualTo(ColumnCodec.encode(table.column(i)));
      }
    }
  }
}
