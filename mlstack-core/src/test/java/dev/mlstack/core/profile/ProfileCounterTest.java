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

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  /** A profile of sizes 1, 2, 3, counts 10, 20, and colours red, red, blue. */
  private static Profile profile() {
    Schema schema =
        Schema.of(
            Field.of("size", FieldType.FLOAT64),
            Field.of("count", FieldType.INT64),
            Field.of("color", FieldType.category(List.of("red", "green", "blue"))));
    return Profile.of(
        data(schema, row(1.0, 10, "red"), row(2.0, 20, "red"), row(3.0, null, "blue")),
        Execution.here());
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
      Profile profile = Profile.of(MemoryDataset.of(table), Execution.here());
      ProfileCounter tables = profile.counter();
      tables.add(table);
      ProfileCounter rows = profile.counter(table.schema());
      TableCursor cursor = table.cursor();
      while (cursor.next()) {
        rows.add(cursor);
      }
      assertThat(tables.rows()).isEqualTo(profile.rows());
      assertThat(rows.rows()).isEqualTo(profile.rows());
      for (ColumnProfile column : profile.columns()) {
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
    Profile profile = Profile.of(MemoryDataset.of(reference), Execution.here());
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
    NumberProfile column =
        new NumberProfile(
            field,
            0,
            -1,
            400,
            0,
            0,
            Collections.nCopies(NumberProfile.PERCENTS.size(), 0.0),
            new Bins(borders, Collections.nCopies(size + 1, 1L)));
    Schema schema = Schema.of(field);
    Profile profile = new Profile(profile().data(), size + 1, List.of(column));
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
    Profile profile = Profile.of(data(schema, row((Object) null)), Execution.here());
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
    ProfileCounter counter =
        Profile.of(MemoryDataset.of(table.build()), Execution.here()).counter();
    counter.add(ValuesRow.of(schema, "never"));
    assertThat(counter.counts("x")[TextProfile.MAX_VALUES]).isEqualTo(1);
    assertThat(counter.unseen("x")).isZero();
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
    Profile other =
        Profile.of(
            data(Schema.of(Field.of("size", FieldType.FLOAT64)), row(5.0)), Execution.here());
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
}
