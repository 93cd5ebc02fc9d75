package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.TableCursor;
import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileCounterTest {

  private static final Schema LIVE =
      Schema.of(
          Field.of("extra", FieldType.TEXT),
          Field.of("color", FieldType.TEXT),
          Field.of("size", FieldType.FLOAT32),
          Field.of("count", FieldType.INT32));

  private static MemoryDataset data(Schema schema, @Nullable Object[]... rows) {
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int i = 0; i < rows.length; i++) {
      table.add(i, rows[i]);
    }
    return MemoryDataset.of(table.build());
  }

  private static ProfileCells cells(MemoryDataset data) {
    return Profile.of(data, Execution.here()).cells();
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  /** Cells of a profile of sizes 1, 2, 3, counts 10, 20, and colours red, red, blue. */
  private static ProfileCells profile() {
    Schema schema =
        Schema.of(
            Field.of("size", FieldType.FLOAT64),
            Field.of("count", FieldType.INT64),
            Field.of("color", FieldType.category(List.of("red", "green", "blue"))));
    return cells(data(schema, row(1.0, 10, "red"), row(2.0, 20, "red"), row(3.0, null, "blue")));
  }

  @Test
  void rows_ofAnotherSchema_areCountedByName() {
    ProfileCounter counter = profile().counter(LIVE);
    counter.add(ValuesRow.of(LIVE, "x", "blue", 2.5f, 10));
    counter.add(ValuesRow.of(LIVE, "x", "green", -7f, 25));
    counter.add(ValuesRow.of(LIVE, "x", null, null, null));
    counter.add(ValuesRow.of(LIVE, "x", "red", Float.NaN, 20));
    assertThat(counter.columns()).containsExactly("size", "count", "color");
    assertThat(counter.rows()).isEqualTo(4);
    // Cells: < 2, [2, 3), >= 3, missing; < 20, >= 20, missing; red, blue, other, missing.
    assertThat(counter.counts("size")).containsExactly(1, 1, 0, 2);
    assertThat(counter.counts("count")).containsExactly(1, 2, 1);
    assertThat(counter.counts("color")).containsExactly(1, 1, 1, 1);
    assertThat(counter.unseen("size")).isEqualTo(1);
    assertThat(counter.unseen("count")).isEqualTo(1);
    assertThat(counter.unseen("color")).isEqualTo(1);
  }

  @Test
  void reference_countedAgain_isInTheSameCells() {
    long seed = Seeds.next();
    for (int i = 0; i < 6; i++) {
      MemoryTable table = RandomTables.of(seed + i, 30 << i);
      ProfileCells profile = cells(MemoryDataset.of(table));
      ProfileCounter tables = profile.counter();
      tables.add(table);
      ProfileCounter rows = profile.counter(table.schema());
      TableCursor cursor = table.cursor();
      while (cursor.next()) {
        rows.add(cursor);
      }
      assertThat(tables.rows()).isEqualTo(profile.rows());
      assertThat(rows.rows()).isEqualTo(profile.rows());
      for (ColumnCells column : profile.columns()) {
        String name = column.field().name();
        String what = name + ", seed " + (seed + i);
        assertThat(tables.counts(name)).as(what).isEqualTo(column.counts());
        assertThat(rows.counts(name)).as(what).isEqualTo(column.counts());
        assertThat(tables.unseen(name)).as(what).isZero();
        assertThat(rows.unseen(name)).as(what).isZero();
      }
    }
  }

  @Test
  void otherRows_areCountedAlikeByRowsTablesAndParts() {
    long seed = Seeds.next();
    MemoryTable reference = RandomTables.of(seed, 400);
    MemoryTable live = RandomTables.of(seed + 1, 5000);
    ProfileCells profile = cells(MemoryDataset.of(reference));
    ProfileCounter whole = profile.counter();
    whole.add(live);
    ProfileCounter merged = profile.counter(live.schema());
    for (int part = 0; part < 4; part++) {
      ProfileCounter counter = profile.counter(live.schema());
      TableCursor cursor = live.cursor();
      while (cursor.next()) {
        if (cursor.index() % 4 == part) {
          counter.add(cursor);
        }
      }
      merged.merge(counter);
    }
    assertThat(merged.rows()).isEqualTo(5000);
    for (String column : whole.columns()) {
      assertThat(merged.counts(column))
          .as("%s, seed %s", column, seed)
          .isEqualTo(whole.counts(column));
      assertThat(merged.unseen(column))
          .as("%s, seed %s", column, seed)
          .isEqualTo(whole.unseen(column));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 15, 16, 17, 18, 19})
  void numbers_areInTheBinBetweenTheirBorders(int size) {
    List<Double> borders = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      borders.add((double) i * i);
    }
    Field field = Field.of("x", FieldType.FLOAT64);
    NumberCells column =
        new NumberCells(field, 0, -1, 400, new Bins(borders, Collections.nCopies(size + 1, 1L)));
    Schema schema = Schema.of(field);
    ProfileCells profile = new ProfileCells(profile().profile(), size + 1, List.of(column));
    for (double number = -2; number < 402; number += 0.5) {
      ProfileCounter counter = profile.counter(schema);
      counter.add(ValuesRow.of(schema, number));
      double x = number;
      int expected = (int) borders.stream().filter(border -> border <= x).count();
      assertThat(counter.counts("x")[expected]).as("%s", number).isEqualTo(1);
      assertThat(counter.unseen("x")).isEqualTo(number < -1 || number > 400 ? 1 : 0);
    }
    ProfileCounter ends = profile.counter(schema);
    ends.add(ValuesRow.of(schema, Double.NEGATIVE_INFINITY));
    ends.add(ValuesRow.of(schema, Double.POSITIVE_INFINITY));
    ends.add(ValuesRow.of(schema, Double.NaN));
    assertThat(Arrays.stream(ends.counts("x")).sum()).isEqualTo(3);
    assertThat(ends.counts("x")[0]).isPositive();
    assertThat(ends.counts("x")[size]).isPositive();
    assertThat(ends.counts("x")[size + 1]).isEqualTo(1);
    assertThat(ends.unseen("x")).isEqualTo(2);
  }

  @Test
  void numbers_ofAReferenceWithoutAny_wereNeverSeen() {
    Schema schema = Schema.of(Field.of("x", FieldType.FLOAT64));
    ProfileCells profile = cells(data(schema, row((Object) null)));
    ProfileCounter counter = profile.counter();
    counter.add(ValuesRow.of(schema, 3.0));
    assertThat(counter.counts("x")).containsExactly(1, 0);
    assertThat(counter.unseen("x")).isEqualTo(1);
  }

  @Test
  void texts_beyondTheListedOnes_areNotKnownToBeNew() {
    Schema schema = Schema.of(Field.of("x", FieldType.TEXT));
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int i = 0; i < 100; i++) {
      table.add(i, "v" + i);
    }
    ProfileCounter counter = cells(MemoryDataset.of(table.build())).counter();
    counter.add(ValuesRow.of(schema, "never"));
    assertThat(counter.counts("x")[TextCells.MAX]).isEqualTo(1);
    assertThat(counter.unseen("x")).isZero();
  }

  @Test
  void texts_tooManyToKnow_areCountedByTheirHashes() {
    Schema schema = Schema.of(Field.of("x", FieldType.TEXT));
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int i = 0; i < 3000; i++) {
      table.add(i, i % 10 == 0 ? null : "v" + i);
    }
    MemoryTable reference = table.build();
    ProfileCells cells = cells(MemoryDataset.of(reference));
    ProfileCounter tables = cells.counter();
    tables.add(reference);
    ProfileCounter rows = cells.counter(schema);
    TableCursor cursor = reference.cursor();
    while (cursor.next()) {
      rows.add(cursor);
    }
    assertThat(cells.column("x").names()).hasSize(65).contains("hash 63 of 64", "missing");
    assertThat(cells.column("x").counts()).isEqualTo(tables.counts("x"));
    assertThat(rows.counts("x")).isEqualTo(tables.counts("x"));
    assertThat(rows.counts("x")[64]).isEqualTo(300);
    assertThat(rows.unseen("x")).isZero();
    ProfileCounter codes =
        cells.counter(Schema.of(Field.of("x", FieldType.category(List.of("a", "v1")))));
    MemoryTable categories =
        MemoryTable.builder(Schema.of(Field.of("x", FieldType.category(List.of("a", "v1")))))
            .add(0, "v1")
            .add(1, (Object) null)
            .build();
    codes.add(categories);
    ProfileCounter single = cells.counter();
    single.add(ValuesRow.of(schema, "v1"));
    single.add(ValuesRow.of(schema, (Object) null));
    assertThat(codes.counts("x")).isEqualTo(single.counts("x"));
  }

  @Test
  void profiles_inCommonCells_areCountedAsTheirRowsWouldBe() {
    long seed = Seeds.next();
    for (int i = 0; i < 6; i++) {
      Profile reference = Profile.of(RandomTables.of(seed + i, 300 << i));
      MemoryTable table = RandomTables.of(seed + 100 + i, 200 << (2 * i % 7));
      CommonCells common = CommonCells.of(reference, Profile.of(table));
      ProfileCounter counted = common.reference().counter();
      counted.add(table);
      assertThat(common.live().rows()).isEqualTo(table.rows());
      assertThat(common.live().columns()).isEqualTo(reference.cells().counter().columns());
      for (ColumnCells column : common.reference().columns()) {
        String name = column.field().name();
        String what = name + ", seed " + (seed + i);
        assertThat(common.live().counts(name)).as(what).isEqualTo(counted.counts(name));
        assertThat(Arrays.stream(column.counts()).sum()).as(what).isEqualTo(reference.rows());
      }
    }
  }

  @Test
  void profiles_ofOtherKinds_haveNoCommonCells() {
    Profile wholes = Profile.of(ProfileTest.table(Field.of("x", FieldType.INT64), 1L));
    Profile reals = Profile.of(ProfileTest.table(Field.of("x", FieldType.FLOAT64), 1.0));
    Profile others = Profile.of(ProfileTest.table(Field.of("y", FieldType.INT64), 1L));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommonCells.of(wholes, reals))
        .withMessage("column 'x' is of type int64 in one profile and of type float64 in the other");
    assertThatIllegalArgumentException().isThrownBy(() -> CommonCells.of(wholes, others));
  }

  @Test
  void columns_thatRowsLack_areNotCounted() {
    Schema schema = Schema.of(LIVE.field("size"));
    ProfileCounter counter = profile().counter(schema);
    assertThat(counter.columns()).containsExactly("size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counter.counts("color"))
        .withMessage("column 'color' is not counted, only [size]");
  }

  @Test
  void rows_withoutAnyColumn_areRefused() {
    Schema schema = Schema.of(LIVE.field("extra"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile().counter(schema))
        .withMessage(
            "rows must have a column of the profile, which are [size, count, color], but have only"
                + " [extra]");
  }

  @Test
  void columns_ofAnotherKind_areRefused() {
    Schema texts = Schema.of(Field.of("size", FieldType.TEXT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile().counter(texts))
        .withMessage("column 'size' must be like float64 of the profile but is text");
    ProfileCounter counter = profile().counter(Schema.of(LIVE.field("size")));
    MemoryTable table = MemoryTable.builder(texts).add(1, "x").build();
    assertThatIllegalArgumentException().isThrownBy(() -> counter.add(table));
    assertThat(counter.rows()).isZero();
  }

  @Test
  void tables_withoutAColumn_areRefusedWhole() {
    ProfileCounter counter = profile().counter();
    MemoryTable table =
        MemoryTable.builder(Schema.of(Field.of("size", FieldType.FLOAT64))).add(1, 2.0).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counter.add(table))
        .withMessageContaining("'count'");
    assertThat(counter.counts("size")).containsOnly(0);
  }

  @Test
  void counters_ofOtherCells_areNotMerged() {
    ProfileCells other = cells(data(Schema.of(Field.of("size", FieldType.FLOAT64)), row(5.0)));
    ProfileCounter counter = profile().counter(Schema.of(LIVE.field("size")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counter.merge(other.counter()))
        .withMessageContaining("same columns of the same profile");
    assertThatIllegalArgumentException().isThrownBy(() -> counter.merge(profile().counter(LIVE)));
    counter.merge(profile().counter(Schema.of(LIVE.field("size"))));
  }

  @Test
  void counts_givenOut_areCopies() {
    ProfileCounter counter = profile().counter(LIVE);
    counter.counts("size")[0] = 99;
    assertThat(counter.counts("size")).containsOnly(0);
  }

  @Test
  void counting_allocatesNothing() throws ReflectiveOperationException {
    ProfileCounter counter = profile().counter(LIVE);
    ValuesRow row = ValuesRow.of(LIVE, "x", "blue", 2.5f, 10);
    count(counter, row);
    long before = allocatedBytes();
    count(counter, row);
    // Less than one object for each hundred rows.
    assertThat(allocatedBytes() - before).isLessThan(16 * 200);
  }

  /** By reflection: the module that is tested does not read that of the beans. */
  private static long allocatedBytes() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    return (long)
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getThreadAllocatedBytes", long.class)
            .invoke(threads, Thread.currentThread().getId());
  }

  private static void count(ProfileCounter counter, ValuesRow row) {
    for (int i = 0; i < 20_000; i++) {
      counter.add(row);
    }
  }

  private static NumberCells cells(FieldType type, @Nullable Object... values) {
    return (NumberCells)
        Profile.of(ProfileTest.table(Field.of("x", type), values)).column("x").cells();
  }

  private static NumberCells cells(DoubleStream values) {
    return cells(FieldType.FLOAT64, values.boxed().toArray());
  }

  @Test
  void fewValues_haveABinEach() {
    NumberCells cells = cells(DoubleStream.of(3, 1, 1, 2, 3, 3, Double.NaN));
    assertThat(cells.bins()).isEqualTo(new Bins(List.of(2.0, 3.0), List.of(2L, 1L, 3L)));
    assertThat(cells.names()).containsExactly("< 2.0", "[2.0, 3.0)", ">= 3.0", "missing");
    assertThat(cells.counts()).containsExactly(2, 1, 3, 1);
  }

  @Test
  void twentyValues_haveABinEachAndMoreHaveQuantiles() {
    NumberCells twenty = cells(IntStream.range(0, 100).mapToDouble(i -> i % 20));
    assertThat(twenty.bins().counts()).hasSize(20).containsOnly(5L);
    NumberCells more = cells(IntStream.range(0, 2100).mapToDouble(i -> i % 21));
    assertThat(more.bins().counts()).hasSize(20);
    assertThat(more.bins().counts()).contains(100L, 200L);
  }

  @Test
  void oneValue_hasBinsBelowAndAbove() {
    NumberCells reals = cells(DoubleStream.of(7, 7, 7));
    assertThat(reals.names()).containsExactly("< 7.0", "7.0", "> 7.0", "missing");
    assertThat(reals.counts()).containsExactly(0, 3, 0, 0);
    NumberCells wholes = cells(FieldType.INT32, 7, null);
    assertThat(wholes.names()).containsExactly("< 7", "7", ">= 8", "missing");
    assertThat(wholes.counts()).containsExactly(0, 1, 0, 1);
  }

  @Test
  void truthValues_haveTwoBinsEvenIfOneIsEmpty() {
    NumberCells never = cells(FieldType.BOOL, false, false);
    assertThat(never.names()).containsExactly("false", "true", "missing");
    assertThat(never.counts()).containsExactly(2, 0, 0);
    assertThat(cells(FieldType.BOOL, true, null).counts()).containsExactly(0, 1, 1);
    assertThat(cells(FieldType.BOOL, true, false, true).counts()).containsExactly(1, 2, 0);
  }

  @Test
  void frequentValue_hasABinOfItsOwn() {
    // 700 zeros at the lower end.
    NumberCells low = cells(IntStream.range(0, 1000).mapToDouble(i -> i < 700 ? -0.0 : i / 1000.0));
    assertThat(low.names()).startsWith("<= 0.0", "(0.0, 0.749)");
    assertThat(low.counts()).startsWith(700, 49);
    // 500 in the middle.
    NumberCells middle =
        cells(IntStream.range(0, 1000).mapToDouble(i -> i < 500 ? 0.25 : (i - 500) / 500.0));
    assertThat(middle.names()).contains("0.25");
    assertThat(middle.counts()[middle.names().indexOf("0.25")]).isEqualTo(501);
    // 300 at the upper end.
    NumberCells high = cells(IntStream.range(0, 700).mapToDouble(i -> i < 300 ? 5 : i / 1000.0));
    assertThat(high.names()).contains(">= 5.0");
    assertThat(high.counts()[high.names().indexOf(">= 5.0")]).isEqualTo(300);
  }

  @Test
  void infinities_areValues() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(cells(DoubleStream.of(-infinity, 1, 2, infinity)).counts())
        .containsExactly(1, 1, 1, 1, 0);
  }

  @Test
  void nothing_hasOneCellBesideThatOfMissingValues() {
    NumberCells cells = cells(FieldType.FLOAT64, null, Double.NaN);
    assertThat(cells.names()).containsExactly("any", "missing");
    assertThat(cells.counts()).containsExactly(0, 2);
    assertThat(cells(FieldType.tensor(1), (Object) null).counts()).containsExactly(0, 1);
  }

  @Test
  void tensors_areInTheCellsOfTheirMeans() {
    Schema schema = Schema.of(Field.of("x", FieldType.tensor(2)));
    float[][] images = {{1, 2}, {-3, 4}, {9, 9}};
    ProfileCells reference =
        cells(
            data(
                schema, row((Object) images[0]), row((Object) images[1]), row((Object) images[2])));
    ProfileCounter live = reference.counter(schema);
    live.add(ValuesRow.of(schema, (Object) images[0]));
    live.add(ValuesRow.of(schema, (Object) null));
    live.add(MemoryTable.builder(schema).add(0, (Object) images[2]).build());
    assertThat(live.counts("x")).containsExactly(0, 1, 1, 1);
  }

  @Test
  void texts_areListedByFrequencyAndThenByName() {
    TextCells cells =
        (TextCells)
            Profile.of(
                    ProfileTest.table(Field.of("x", FieldType.TEXT), "b", "a", null, "c", "b", ""))
                .column("x")
                .cells();
    assertThat(cells.values()).containsExactly("b", "", "a", "c");
    assertThat(cells.frequencies()).containsExactly(2L, 1L, 1L, 1L);
    assertThat(cells.names()).containsExactly("b", "", "a", "c", "other", "missing");
    assertThat(cells.counts()).containsExactly(2, 1, 1, 1, 0, 1);
  }

  @Test
  void texts_thatAreManyMore_areOthers() {
    Object[] values =
        IntStream.range(0, 1000).mapToObj(i -> i < 800 ? "v" + i % 50 : "rare" + i).toArray();
    TextCells cells =
        (TextCells)
            Profile.of(ProfileTest.table(Field.of("x", FieldType.TEXT), values))
                .column("x")
                .cells();
    assertThat(cells.values()).hasSize(64).endsWith("rare812", "rare813");
    assertThat(cells.others()).isEqualTo(1000 - 800 - 14);
  }

  @Test
  void texts_thatAreCalledLikeCells_standInQuotes() {
    assertThat(
            Profile.of(ProfileTest.table(Field.of("x", FieldType.TEXT), "other", "missing"))
                .column("x")
                .cells()
                .names())
        .containsExactly("\"missing\"", "\"other\"", "other", "missing");
  }

  @Test
  void longTexts_areCountedByTheirLabels() {
    String one = "x".repeat(200);
    String other = "x".repeat(201);
    Schema schema = Schema.of(Field.of("x", FieldType.TEXT));
    ProfileCounter live = cells(data(schema, row(one), row("short"))).counter();
    live.add(ValuesRow.of(schema, one));
    live.add(ValuesRow.of(schema, other));
    assertThat(live.unseen("x")).isEqualTo(1);
    assertThat(Arrays.stream(live.counts("x")).sum()).isEqualTo(2);
  }
}
