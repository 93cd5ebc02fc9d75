package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.compute.RandomStream;
import dev.mlstack.core.evaluate.CutDataset;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Row;
import dev.mlstack.table.TableCursor;
import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @AfterAll
  static void shutDown() {
    THREADS.shutdown();
  }

  private static Profile profile(FieldType type, @Nullable Object... values) {
    Schema schema = Schema.of(Field.of("x", type));
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int i = 0; i < values.length; i++) {
      table.add(i, new @Nullable Object[] {values[i]});
    }
    return Profile.of(MemoryDataset.of(table.build()), Execution.here());
  }

  private static NumberProfile numbers(FieldType type, @Nullable Object... values) {
    return (NumberProfile) profile(type, values).column("x");
  }

  private static NumberProfile numbers(DoubleStream values) {
    return numbers(FieldType.FLOAT64, values.boxed().toArray());
  }

  /**
   * Values of numpy 2.4: {@code quantile(method="inverted_cdf")}, {@code std(ddof=1)}, {@code
   * histogram}, on numbers drawn by an implementation of {@link RandomStream} in Python.
   */
  @Test
  void numbers_agreeWithNumpy() {
    RandomStream random = RandomStream.of(2, "profile");
    NumberProfile profile =
        numbers(
            IntStream.range(0, 1000)
                .mapToDouble(
                    i -> Math.floor(random.uniform(i) * random.uniform(10_000 + i) * 1e6) / 1e3));
    assertThat(profile.min()).isEqualTo(0.068);
    assertThat(profile.max()).isEqualTo(968.104);
    assertThat(profile.mean()).isCloseTo(251.694196, offset(1e-12));
    assertThat(profile.deviation()).isCloseTo(222.56228862169374, offset(1e-12));
    assertThat(profile.quantiles())
        .containsExactly(
            0.068, 2.249, 10.188, 21.754, 66.352, 181.616, 390.568, 585.169, 694.136, 834.814,
            968.104);
    assertThat(profile.bins().borders())
        .containsExactly(
            10.188, 21.754, 36.999, 53.378, 66.352, 84.55, 102.376, 129.183, 155.704, 181.616,
            216.168, 258.847, 296.314, 339.843, 390.568, 450.704, 514.347, 585.169, 694.136);
    assertThat(profile.bins().counts().get(0)).isEqualTo(49);
    assertThat(profile.bins().counts().subList(1, 19)).containsOnly(50L);
    assertThat(profile.bins().counts().get(19)).isEqualTo(51);
    assertThat(profile.quantile(50)).isEqualTo(181.616);
  }

  @Test
  void everyColumn_agreesWithItsDefinition() {
    long seed = Seeds.next();
    for (int i = 0; i < 8; i++) {
      MemoryTable table = RandomTables.of(seed + i, 50 << i);
      Profile profile = Profile.of(MemoryDataset.of(table), Execution.here());
      assertThat(profile.rows()).isEqualTo(50 << i);
      for (ColumnProfile column : profile.columns()) {
        String what = column.field().name() + ", seed " + (seed + i);
        assertThat(Arrays.stream(column.counts()).sum()).as(what).isEqualTo(50 << i);
        assertThat(column.cells()).as(what).hasSize(column.counts().length).doesNotHaveDuplicates();
        if (column instanceof NumberProfile numbers) {
          assertDefined(numbers, valuesOf(table, column.field().name()), what);
        } else if (column instanceof TextProfile texts) {
          assertDefined(texts, table, what);
        }
      }
    }
  }

  private static double[] valuesOf(MemoryTable table, String column) {
    int field = table.schema().indexOf(column);
    boolean isTensor = table.schema().field(field).type() instanceof FieldType.Tensor;
    List<Double> values = new ArrayList<>();
    TableCursor cursor = table.cursor();
    while (cursor.next()) {
      values.add((isTensor ? meanOfFour(cursor, field) : cursor.number(field)) + 0.0);
    }
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static double meanOfFour(Row row, int field) {
    float[] tensor = new float[4];
    row.tensor(field, tensor, 0); // All NaN if it is missing.
    return ((double) tensor[0] + tensor[1] + tensor[2] + tensor[3]) / 4;
  }

  private static void assertDefined(NumberProfile profile, double[] all, String what) {
    double[] values = Arrays.stream(all).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int n = values.length;
    assertThat(profile.missing()).as(what).isEqualTo(all.length - n);
    if (n == 0) {
      assertThat(profile.quantiles()).as(what).containsOnly(Double.NaN);
      return;
    }
    double mean = Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    assertThat(profile.min()).as(what).isEqualTo(values[0]);
    assertThat(profile.max()).as(what).isEqualTo(values[n - 1]);
    assertThat(profile.mean()).as(what).isCloseTo(mean, offset(1e-12 * Math.abs(mean)));
    assertThat(profile.deviation())
        .as(what)
        .isCloseTo(Math.sqrt(squares / (n - 1)), offset(1e-9 * Math.sqrt(squares)));
    for (int percent : NumberProfile.PERCENTS) {
      int rank = Math.max(1, (int) Math.ceil(percent * n / 100.0));
      assertThat(profile.quantile(percent)).as(what).isEqualTo(values[rank - 1]);
    }
    List<Double> borders = profile.bins().borders();
    for (int i = 0; i <= borders.size(); i++) {
      double low = i == 0 ? -INFINITY : borders.get(i - 1);
      double high = i == borders.size() ? INFINITY : borders.get(i);
      long expected = Arrays.stream(values).filter(v -> v >= low && v < high).count();
      assertThat(profile.bins().counts().get(i)).as(what + ", bin " + i).isEqualTo(expected);
    }
  }

  private static void assertDefined(TextProfile profile, MemoryTable table, String what) {
    int field = table.schema().indexOf(profile.field().name());
    Map<String, Long> counts = new TreeMap<>();
    TableCursor cursor = table.cursor();
    long missing = 0;
    while (cursor.next()) {
      String text = cursor.text(field);
      if (text == null) {
        missing++;
      } else {
        counts.merge(text, 1L, Long::sum);
      }
    }
    List<String> values = new ArrayList<>(counts.keySet());
    // The sort is stable: equally frequent values stay in their order.
    values.sort((a, b) -> Long.compare(counts.getOrDefault(b, 0L), counts.getOrDefault(a, 0L)));
    List<String> listed = values.subList(0, Math.min(TextProfile.MAX_VALUES, values.size()));
    assertThat(profile.missing()).as(what).isEqualTo(missing);
    assertThat(profile.distinct()).as(what).isEqualTo(values.size());
    assertThat(profile.values()).as(what).isEqualTo(listed);
    assertThat(profile.frequencies())
        .as(what)
        .isEqualTo(listed.stream().map(value -> counts.getOrDefault(value, 0L)).toList());
  }

  @Test
  void bits_doNotDependOnThreadsOrOnHowDataIsCut() {
    MemoryTable table = RandomTables.of(4, 2000);
    Digest expected = Profile.of(MemoryDataset.of(table), Execution.here()).digest();
    for (int size : new int[] {3, 333, 1999}) {
      for (Execution execution : List.of(Execution.here(), Execution.on(THREADS, 4))) {
        Profile profile = Profile.of(CutDataset.of(table, size), execution);
        assertThat(profile.digest()).isEqualTo(expected);
      }
    }
  }

  @Test
  void bits_areFrozen() {
    // Tables of another seed, so that a change of the arithmetic is noticed beyond the frozen file.
    Profile profile = Profile.of(MemoryDataset.of(RandomTables.of(5, 3000)), Execution.here());
    assertThat(profile.digest().hex())
        .isEqualTo("252e42583ad215122085c6231b1313160b8f844ea76b1c09f62d1e92e42706b8");
  }

  @Test
  void columns_areFeaturesAndLabels() {
    Profile profile = Profile.of(MemoryDataset.of(RandomTables.of(6, 10)), Execution.here());
    List<String> names = new ArrayList<>(RandomTables.SCHEMA.names());
    names.removeAll(List.of("id", "note"));
    assertThat(profile.schema().names()).isEqualTo(names);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile.column("id"))
        .withMessageStartingWith("there is no column 'id' in the profile, only [uniform, zeros");
  }

  @Test
  void fewValues_haveABinEach() {
    NumberProfile profile = numbers(DoubleStream.of(3, 1, 1, 2, 3, 3, Double.NaN));
    assertThat(profile.bins()).isEqualTo(new Bins(List.of(2.0, 3.0), List.of(2L, 1L, 3L)));
    assertThat(profile.cells()).containsExactly("< 2.0", "[2.0, 3.0)", ">= 3.0", "missing");
    assertThat(profile.counts()).containsExactly(2, 1, 3, 1);
  }

  @Test
  void twentyValues_haveABinEachAndMoreHaveQuantiles() {
    NumberProfile twenty = numbers(IntStream.range(0, 100).mapToDouble(i -> i % 20));
    assertThat(twenty.bins().counts()).hasSize(20).containsOnly(5L);
    NumberProfile more = numbers(IntStream.range(0, 2100).mapToDouble(i -> i % 21));
    assertThat(more.bins().counts()).hasSize(20);
    assertThat(more.bins().counts()).contains(100L, 200L);
  }

  @Test
  void oneValue_hasBinsBelowAndAbove() {
    NumberProfile reals = numbers(DoubleStream.of(7, 7, 7));
    assertThat(reals.cells()).containsExactly("< 7.0", "7.0", "> 7.0", "missing");
    assertThat(reals.counts()).containsExactly(0, 3, 0, 0);
    assertThat(reals.deviation()).isZero();
    NumberProfile wholes = numbers(FieldType.INT32, 7, null);
    assertThat(wholes.cells()).containsExactly("< 7", "7", ">= 8", "missing");
    assertThat(wholes.counts()).containsExactly(0, 1, 0, 1);
    assertThat(wholes.deviation()).isNaN();
  }

  @Test
  void truthValues_haveTwoBinsEvenIfOneIsEmpty() {
    NumberProfile never = numbers(FieldType.BOOL, false, false);
    assertThat(never.cells()).containsExactly("false", "true", "missing");
    assertThat(never.counts()).containsExactly(2, 0, 0);
    assertThat(numbers(FieldType.BOOL, true, null).counts()).containsExactly(0, 1, 1);
    assertThat(numbers(FieldType.BOOL, true, false, true).counts()).containsExactly(1, 2, 0);
  }

  @Test
  void frequentValue_hasABinOfItsOwn() {
    // 700 zeros at the lower end.
    NumberProfile low =
        numbers(IntStream.range(0, 1000).mapToDouble(i -> i < 700 ? -0.0 : i / 1000.0));
    assertThat(low.cells()).startsWith("<= 0.0", "(0.0, 0.749)");
    assertThat(low.counts()).startsWith(700, 49);
    // 500 in the middle.
    NumberProfile middle =
        numbers(IntStream.range(0, 1000).mapToDouble(i -> i < 500 ? 0.25 : (i - 500) / 500.0));
    assertThat(middle.cells()).contains("0.25");
    assertThat(middle.counts()[middle.cells().indexOf("0.25")]).isEqualTo(501);
    // 300 at the upper end.
    NumberProfile high =
        numbers(IntStream.range(0, 1000).mapToDouble(i -> i < 300 ? 5 : i / 1000.0));
    assertThat(high.cells()).contains(">= 5.0");
    assertThat(high.counts()[high.cells().indexOf(">= 5.0")]).isEqualTo(300);
  }

  @Test
  void infinities_areValues() {
    NumberProfile profile = numbers(DoubleStream.of(-INFINITY, 1, 2, INFINITY));
    assertThat(profile.min()).isEqualTo(-INFINITY);
    assertThat(profile.max()).isEqualTo(INFINITY);
    assertThat(profile.mean()).isNaN();
    assertThat(profile.deviation()).isNaN();
    assertThat(profile.missing()).isZero();
    assertThat(profile.quantile(50)).isEqualTo(1);
    assertThat(profile.counts()).containsExactly(1, 1, 1, 1, 0);
  }

  @Test
  void nothing_hasFiguresThatAreNotNumbers() {
    NumberProfile profile = numbers(FieldType.FLOAT64, null, Double.NaN);
    assertThat(profile.cells()).containsExactly("any", "missing");
    assertThat(profile.counts()).containsExactly(0, 2);
    assertThat(profile.mean()).isNaN();
    assertThat(profile.max()).isNaN();
    Profile none = profile(FieldType.TEXT);
    assertThat(none.rows()).isZero();
    assertThat(none.column("x").counts()).containsExactly(0, 0);
    NumberProfile tensors = numbers(FieldType.tensor(1), (Object) null);
    assertThat(tensors.counts()).containsExactly(0, 1);
    assertThat(tensors.min()).isNaN();
    assertThat(tensors.mean()).isNaN();
  }

  @Test
  void wideNumbers_areSummedExactly() {
    NumberProfile profile = numbers(DoubleStream.of(1e308, 1e308, -1e308, -1e308, 4));
    assertThat(profile.mean()).isEqualTo(0.8);
    NumberProfile wholes = numbers(FieldType.INT64, Long.MAX_VALUE, Long.MIN_VALUE);
    assertThat(wholes.min()).isEqualTo(-0x1p63);
    assertThat(wholes.max()).isEqualTo(0x1p63);
  }

  @Test
  void quantile_atAnotherPercent_isRefused() {
    NumberProfile profile = numbers(DoubleStream.of(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile.quantile(20))
        .withMessageContaining("but was 20");
  }

  @Test
  void texts_areListedByFrequencyAndThenByName() {
    TextProfile profile =
        (TextProfile) profile(FieldType.TEXT, "b", "a", null, "c", "b", "").column("x");
    assertThat(profile.values()).containsExactly("b", "", "a", "c");
    assertThat(profile.frequencies()).containsExactly(2L, 1L, 1L, 1L);
    assertThat(profile.cells()).containsExactly("b", "", "a", "c", "other", "missing");
    assertThat(profile.counts()).containsExactly(2, 1, 1, 1, 0, 1);
    assertThat(profile.distinct()).isEqualTo(4);
  }

  @Test
  void texts_thatAreManyMore_areOthers() {
    Object[] values =
        IntStream.range(0, 1000).mapToObj(i -> i < 800 ? "v" + i % 50 : "rare" + i).toArray();
    TextProfile profile = (TextProfile) profile(FieldType.TEXT, values).column("x");
    assertThat(profile.values()).hasSize(64).endsWith("rare812", "rare813");
    assertThat(profile.distinct()).isEqualTo(250);
    assertThat(profile.others()).isEqualTo(1000 - 800 - 14);
  }

  @Test
  void texts_thatAreCalledLikeCells_standInQuotes() {
    ColumnProfile profile = profile(FieldType.TEXT, "other", "missing").column("x");
    assertThat(profile.cells()).containsExactly("\"missing\"", "\"other\"", "other", "missing");
  }

  @Test
  void tensors_countWithTheirMeans() {
    float[][] images = {{1, 2}, {-3, 4}, {9, 9}, {Float.NaN, 1}, {Float.POSITIVE_INFINITY, 1}};
    NumberProfile profile =
        numbers(FieldType.tensor(2), images[0], null, images[1], images[2], images[3]);
    assertThat(profile.missing()).isEqualTo(2);
    assertThat(profile.min()).isEqualTo(0.5);
    assertThat(profile.max()).isEqualTo(9);
    assertThat(profile.mean()).isEqualTo((1.5 + 0.5 + 9) / 3);
    assertThat(profile.counts()).containsExactly(1, 1, 1, 2);
    Schema schema = Schema.of(Field.of("x", FieldType.tensor(2)));
    MemoryTable live = MemoryTable.builder(schema).add(0, (Object) images[2]).build();
    Profile all = profile(FieldType.tensor(2), images[0], null, images[1], images[2], images[3]);
    ProfileCounter byRow = all.counter(schema);
    byRow.add(ValuesRow.of(schema, (Object) images[0]));
    byRow.add(ValuesRow.of(schema, (Object) null));
    byRow.add(live);
    assertThat(byRow.counts("x")).containsExactly(0, 1, 1, 1);
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

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 400})
  void manyColumns_areProfiledInSmallerSteps(int columns) {
    // The more columns there are, the fewer parts each round has, and the more rounds there are.
    List<Field> fields =
        IntStream.range(0, columns).mapToObj(i -> Field.of("x" + i, FieldType.FLOAT64)).toList();
    Schema schema = Schema.of(fields);
    MemoryTable.Builder table = MemoryTable.builder(schema);
    RandomStream random = RandomStream.of(1, "wide");
    for (int row = 0; row < 30; row++) {
      Object[] values = new Object[columns];
      Arrays.fill(values, random.uniform(row));
      table.add(row, values);
    }
    Profile profile = Profile.of(MemoryDataset.of(table.build()), Execution.here());
    NumberProfile expected = numbers(IntStream.range(0, 30).mapToDouble(random::uniform));
    for (ColumnProfile column : profile.columns()) {
      assertThat(((NumberProfile) column).quantiles()).isEqualTo(expected.quantiles());
      assertThat(((NumberProfile) column).bins()).isEqualTo(expected.bins());
    }
  }
}
