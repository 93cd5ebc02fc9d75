package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.evaluate.CutDataset;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProfileTest {

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);

  @AfterAll
  static void shutDown() {
    THREADS.shutdown();
  }

  private static Profile profile(FieldType type, @Nullable Object... values) {
    return Profile.of(table(Field.of("x", type), values));
  }

  static MemoryTable table(Field field, @Nullable Object... values) {
    MemoryTable.Builder table = MemoryTable.builder(Schema.of(field));
    for (int i = 0; i < values.length; i++) {
      table.add(i, new @Nullable Object[] {values[i]});
    }
    return table.build();
  }

  private static Profile ofRows(Table table, List<Integer> rows) {
    ProfileAccumulator accumulator = Profile.accumulator(table.schema());
    TableCursor cursor = table.cursor();
    List<Integer> wanted = new ArrayList<>(rows);
    Collections.sort(wanted);
    int next = 0;
    while (cursor.next()) {
      if (next < wanted.size() && wanted.get(next) == cursor.index()) {
        accumulator.add(cursor, table.rowId(cursor.index()));
        next++;
      }
    }
    return accumulator.snapshot();
  }

  private static int[] ints(List<Integer> rows) {
    return rows.stream().mapToInt(i -> i).toArray();
  }

  /** Merges profiles in random pairs until one is left. */
  private static Profile mergeInRandomTree(List<Profile> parts, Random random) {
    List<Profile> left = new ArrayList<>(parts);
    while (left.size() > 1) {
      Profile one = left.remove(random.nextInt(left.size()));
      Profile other = left.remove(random.nextInt(left.size()));
      left.add(one.merge(other));
    }
    return left.get(0);
  }

  @Test
  void bits_areAFunctionOfTheRowsAlone() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    int repetitions = Seeds.repetitions(12, 400);
    for (int i = 0; i < repetitions; i++) {
      MemoryTable table = RandomTables.of(random.nextLong(), 1 + random.nextInt(1 << (i % 13)));
      Profile whole = Profile.of(table);
      List<Integer> rows = new ArrayList<>();
      IntStream.range(0, table.rows()).forEach(rows::add);
      Collections.shuffle(rows, random);
      List<Profile> parts = new ArrayList<>();
      for (int from = 0; from < rows.size(); ) {
        int to = Math.min(rows.size(), from + 1 + random.nextInt(rows.size()));
        List<Integer> part = rows.subList(from, to);
        parts.add(
            random.nextBoolean() ? Profile.of(table.select(ints(part))) : ofRows(table, part));
        from = to;
      }
      Profile merged = mergeInRandomTree(parts, random);
      assertThat(merged.digest())
          .as("%s rows in %s parts, seed %s", table.rows(), parts.size(), seed)
          .isEqualTo(whole.digest());
    }
  }

  @Test
  void bits_doNotDependOnThreadsOrOnHowDataIsCut() {
    MemoryTable table = RandomTables.of(4, 3000);
    Profile expected = Profile.of(MemoryDataset.of(table), Execution.here());
    for (int size : new int[] {3, 333, 2999}) {
      for (Execution execution : List.of(Execution.here(), Execution.on(THREADS, 4))) {
        Profile profile = Profile.of(CutDataset.of(table, size), execution);
        assertThat(profile.digest()).isEqualTo(expected.digest());
        assertThat(profile).isEqualTo(expected);
      }
    }
  }

  @Test
  void bits_areFrozen() {
    // Tables of another seed, so that a change of the arithmetic is noticed beyond the frozen file.
    Profile profile = Profile.of(RandomTables.of(5, 3000));
    assertThat(profile.digest().hex())
        .isEqualTo("1b776614c980b7e70d4c0350a7bffcb6dad2c752db0f274e473795446ac81dc8");
  }

  @Test
  void profile_ofAColumnThatIsExactInPartsOnly_isThatOfTheWhole() {
    Object[] values = IntStream.range(0, 900).mapToObj(i -> "value " + i).toArray();
    Object[] numbers = IntStream.range(0, 900).mapToObj(i -> i / 7.0).toArray();
    for (Object[] column : List.of(values, numbers)) {
      FieldType type = column == values ? FieldType.TEXT : FieldType.FLOAT64;
      MemoryTable table = table(Field.of("x", type), column);
      int[] first = IntStream.range(0, 450).toArray();
      int[] second = IntStream.range(450, 900).toArray();
      Profile merged = Profile.of(table.select(first)).merge(Profile.of(table.select(second)));
      assertThat(Profile.of(table.select(first)).column("x").distinctError()).isZero();
      assertThat(merged.column("x").distinctError()).isPositive();
      assertThat(merged).isEqualTo(Profile.of(table));
    }
  }

  @Test
  void everyColumn_isProfiled() {
    Profile profile = Profile.of(RandomTables.of(6, 10));
    assertThat(profile.schema()).isEqualTo(RandomTables.SCHEMA);
    assertThat(profile.rows()).isEqualTo(10);
    assertThat(profile.columns()).allMatch(column -> column.rows() == 10);
    assertThat(profile.cells().schema().names()).doesNotContain("id", "note").contains("target");
    assertThat(profile.toString()).startsWith("10 rows\nid: 0.0, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile.column("nobody"))
        .withMessageStartingWith("there is no column 'nobody' in the profile, only [id, uniform");
    assertThatIllegalArgumentException().isThrownBy(() -> profile.number("word"));
    assertThatIllegalArgumentException().isThrownBy(() -> profile.text("id"));
  }

  @Test
  void profiles_ofOtherSchemas_areNotMerged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile(FieldType.TEXT).merge(profile(FieldType.INT64)))
        .withMessageContaining("one schema");
    ProfileAccumulator rows = Profile.accumulator(Schema.of(Field.of("x", FieldType.INT64)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows.add(table(Field.of("x", FieldType.INT32), 1)))
        .withMessage("column 'x' must be of type int64 but is of type int32");
    assertThat(rows.rows()).isZero();
  }

  @Test
  void snapshots_canBeTakenAtAnyTime() {
    MemoryTable table = RandomTables.of(7, 2500);
    ProfileAccumulator rows = Profile.accumulator(table.schema());
    for (int from = 0; from < 2500; from += 500) {
      assertThat(rows.snapshot())
          .isEqualTo(Profile.of(table.select(IntStream.range(0, from).toArray())));
      Table part = table.select(IntStream.range(from, from + 500).toArray());
      if (from % 1000 == 0) {
        rows.add(part);
      } else {
        TableCursor cursor = part.cursor();
        while (cursor.next()) {
          rows.add(cursor, part.rowId(cursor.index()));
        }
      }
    }
    Profile before = rows.snapshot();
    rows.add(table);
    assertThat(before).isEqualTo(Profile.of(table));
    assertThat(rows.snapshot()).isEqualTo(before.merge(before));
  }

  @Test
  void document_ofWideColumns_staysSmall() {
    Random random = new Random(1);
    Schema schema =
        Schema.of(
            IntStream.range(0, 20)
                .mapToObj(i -> Field.of("c" + i, i < 14 ? FieldType.FLOAT64 : FieldType.TEXT))
                .toList());
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int row = 0; row < 20_000; row++) {
      Object[] values = new Object[20];
      for (int i = 0; i < 20; i++) {
        values[i] = i < 14 ? (Object) random.nextGaussian() : "text " + random.nextInt(50_000);
      }
      table.add(row, values);
    }
    Profile profile = Profile.of(table.build());
    int[] bytes = {0};
    profile.writeTo(
        object -> {
          bytes[0] = new String(object.encoded(), StandardCharsets.UTF_8).length();
          return object.digest();
        });
    // Every column is of the costly kind here.
    assertThat(bytes[0]).isLessThan(100_000);
  }

  @Test
  void progress_isReportedAndWorkCanBeCancelled() {
    List<Progress> reports = Collections.synchronizedList(new ArrayList<>());
    Dataset data = CutDataset.of(RandomTables.of(8, 500), 50);
    Profile.of(data, Execution.on(THREADS, 2).withListener(reports::add));
    assertThat(reports).hasSizeBetween(2, 10);
    assertThat(reports).extracting(Progress::task).containsOnly("profile data");
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> Profile.of(data, Execution.here().withCancellation(() -> true)));
  }
}
