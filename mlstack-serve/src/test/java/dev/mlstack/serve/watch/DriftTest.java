package dev.mlstack.serve.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.profile.ProfileCells;
import dev.mlstack.core.profile.ProfileCounter;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.MemoryLog;
import dev.mlstack.store.Digest;
import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {

  private static final int NUMBERS = 24;
  private static final List<String> COLORS = List.of("red", "green", "blue", "black", "white");
  private static final Schema SCHEMA = schema();

  /** 24 columns of numbers and six of texts, as {@code n0} and {@code t0}. */
  private static Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      boolean number = i < NUMBERS;
      fields.add(
          Field.of(
              number ? "n" + i : "t" + (i - NUMBERS), number ? FieldType.FLOAT64 : FieldType.TEXT));
    }
    return Schema.of(fields);
  }

  private static @Nullable Object[] values(Random random) {
    @Nullable Object[] values = new Object[SCHEMA.size()];
    for (int i = 0; i < values.length; i++) {
      // Some columns are skewed, some discrete, some have missing values.
      double gaussian = random.nextGaussian();
      values[i] =
          switch (i % 4) {
            case 0 -> gaussian;
            case 1 -> gaussian * gaussian;
            case 2 -> (double) random.nextInt(6);
            default -> random.nextInt(10) == 0 ? null : gaussian;
          };
      if (i >= NUMBERS) {
        values[i] = COLORS.get(Math.min(random.nextInt(5), random.nextInt(5)));
      }
    }
    return values;
  }

  private static MemoryTable table(
      int rows, Random random, UnaryOperator<@Nullable Object[]> change) {
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
    for (int row = 0; row < rows; row++) {
      builder.add(row, ValuesRow.of(SCHEMA, change.apply(values(random))));
    }
    return builder.build();
  }

  private static ProfileCells profile(int rows, Random random) {
    return Profile.of(table(rows, random, UnaryOperator.identity())).cells();
  }

  private static DriftReport report(
      ProfileCells profile, int rows, Random random, UnaryOperator<@Nullable Object[]> change) {
    return report(profile, rows, random, change, DriftPolicy.defaults());
  }

  private static DriftReport report(
      ProfileCells profile,
      int rows,
      Random random,
      UnaryOperator<@Nullable Object[]> change,
      DriftPolicy policy) {
    ProfileCounter counter = profile.counter();
    counter.add(table(rows, random, change));
    return Drift.of(profile, counter, policy);
  }

  private static ColumnDrift column(DriftReport report, String name) {
    return report.columns().stream()
        .filter(column -> column.column().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 200, 1000})
  void ofSamplesFromOneDistribution_fewRaiseAnAlarm(int rows) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    int reports = Seeds.repetitions(40, 2000);
    double alpha = 0.05;
    int significant = 0;
    int drifted = 0;
    for (int i = 0; i < reports; i++) {
      ProfileCells profile = profile(400, random);
      ProfileCounter counter = profile.counter();
      counter.add(table(rows, random, UnaryOperator.identity()));
      significant += Drift.of(profile, counter, new DriftPolicy(alpha, 0)).hasDrift() ? 1 : 0;
      drifted += Drift.of(profile, counter, DriftPolicy.defaults()).hasDrift() ? 1 : 0;
    }
    // Twice the level, as the test is approximate: of 30 normal columns with 400 profiled rows,
    // 0.02
    // raise an alarm at a level of 0.05 with 40 or 200 live rows, and 0.085 with 1000.
    assertAtMost(significant, 2 * alpha, reports, seed);
    assertAtMost(drifted, 0.02, reports, seed);
  }

  /** Allows for six standard deviations of a binomial variable. */
  private static void assertAtMost(int alarms, double level, int reports, long seed) {
    double slack = 6 * Math.sqrt(reports * level * (1 - level));
    assertThat((double) alarms).as("seed %d", seed).isLessThan(reports * level + slack);
  }

  @Test
  void oneShiftedColumnOfThirty_isAlwaysNamed_andAnotherRarely() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    int others = 0;
    for (int round = 0; round < 20; round++) {
      int column = new int[] {0, 3, 4, 23}[round % 4];
      DriftReport report =
          report(profile(400, random), 300, random, values -> shifted(values, column));
      assertThat(report.columns().get(0).column()).as("seed %d", seed).isEqualTo("n" + column);
      assertThat(report.columns().get(0).drifted()).as("seed %d", seed).isTrue();
      others += report.drifted().size() - 1;
    }
    // With one column found, each of 29 others has a chance of 0.01 * 2 / 30: 0.4 in all reports.
    assertThat(others).as("seed %d", seed).isLessThanOrEqualTo(5);
  }

  private static @Nullable Object[] shifted(@Nullable Object[] values, int column) {
    Object value = values[column];
    values[column] = value == null ? null : (double) value + 1;
    return values;
  }

  @Test
  void aColumnThatIsAlwaysMissing_andOneOfUnseenTexts_areNamed() {
    Random random = new Random(1);
    ProfileCells profile = profile(400, random);
    DriftReport report =
        report(
            profile,
            200,
            random,
            values -> {
              values[5] = null;
              values[NUMBERS + 2] = "magenta";
              return values;
            });
    assertThat(report.drifted())
        .extracting(ColumnDrift::column)
        .containsExactlyInAnyOrder("n5", "t2");
    assertThat(column(report, "t2").unseen()).isEqualTo(200);
    assertThat(column(report, "n5").unseen()).isZero();
    assertThat(column(report, "t2").distance()).isGreaterThan(0.9).isLessThanOrEqualTo(1);
    assertThat(report.rows()).isEqualTo(200);
    assertThat(report.profile()).isEqualTo(profile.profile());
  }

  @Test
  void aFewUnseenValues_areCountedButNoDrift() {
    Random random = new Random(2);
    ProfileCells profile = profile(400, random);
    int[] row = {0};
    DriftReport report =
        report(
            profile,
            400,
            random,
            values -> {
              if (row[0]++ < 2) {
                values[NUMBERS] = "magenta";
                values[0] = 1e9;
              }
              return values;
            });
    assertThat(column(report, "t0").unseen()).isEqualTo(2);
    assertThat(column(report, "n0").unseen()).isGreaterThanOrEqualTo(2);
    assertThat(column(report, "t0").drifted()).isFalse();
    assertThat(column(report, "n0").drifted()).isFalse();
  }

  /** Names, identifiers, and anything else of which every sample has others. */
  @ParameterizedTest
  @ValueSource(ints = {5, 50, 100, 300, 1_000_000})
  void textsOfManyValues_fromOneDistribution_raiseFewAlarms(int different) {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Schema schema = Schema.of(Field.of("name", FieldType.TEXT));
    int reports = 100;
    int alarms = 0;
    for (int i = 0; i < reports; i++) {
      MemoryTable.Builder train = MemoryTable.builder(schema);
      for (int row = 0; row < 400; row++) {
        train.add(row, "name " + random.nextInt(different));
      }
      ProfileCells profile = Profile.of(train.build()).cells();
      ProfileCounter live = profile.counter(schema);
      for (int row = 0; row < 150; row++) {
        live.add(ValuesRow.of(schema, "name " + random.nextInt(different)));
      }
      alarms += Drift.of(profile, live, DriftPolicy.defaults()).hasDrift() ? 1 : 0;
    }
    assertThat(alarms).as("seed %d", seed).isLessThanOrEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void tinySamples_raiseNoAlarm_howeverOddTheyAre(int rows) {
    Random random = new Random(rows);
    ProfileCells profile = profile(400, random);
    DriftReport report =
        report(
            profile,
            rows,
            random,
            values -> {
              for (int i = 0; i < values.length; i++) {
                values[i] = i < NUMBERS ? 1e6 : "magenta";
              }
              return values;
            });
    assertThat(report.hasDrift()).isFalse();
    assertThat(report).hasToString("no drift in 30 columns over " + rows + " rows");
    assertThat(report.columns()).allMatch(column -> column.unseen() == rows);
  }

  private static LoggedPrediction entry(int number, ValuesRow input) {
    Digest digest = Digest.of(new byte[0]);
    PredictionId id = new PredictionId(number, 0);
    return new LoggedPrediction(id, "credit", digest, digest, input, new double[1], 1);
  }

  @Test
  void inputsOfSeveralSchemas_areComparedColumnByColumn_foundByName() {
    Random random = new Random(3);
    Schema trained =
        Schema.of(
            Field.of("age", FieldType.FLOAT64),
            Field.of("color", FieldType.TEXT),
            Field.of("gone", FieldType.FLOAT64),
            Field.of("late", FieldType.BOOL).withRole(Role.LABEL));
    MemoryTable.Builder rows = MemoryTable.builder(trained);
    for (int i = 0; i < 300; i++) {
      rows.add(i, random.nextGaussian(), COLORS.get(random.nextInt(5)), 1.0, random.nextBoolean());
    }
    ProfileCells profile = Profile.of(rows.build()).cells();
    Schema left =
        Schema.of(
            Field.of("new", FieldType.TEXT),
            Field.of("color", FieldType.category(COLORS)),
            Field.of("age", FieldType.FLOAT32));
    Schema right = Schema.of(Field.of("age", FieldType.INT32));
    MemoryLog log = new MemoryLog();
    for (int i = 0; i < 200; i++) {
      ValuesRow input =
          i % 2 == 0
              ? ValuesRow.of(left, "?", COLORS.get(random.nextInt(5)), random.nextGaussian())
              : ValuesRow.of(right, 50);
      log.append(entry(i, input));
    }
    DriftReport report = Drift.ofLog(log, "credit", entry -> true, profile, DriftPolicy.defaults());
    assertThat(report.rows()).isEqualTo(200);
    assertThat(report.columns()).extracting(ColumnDrift::column).containsExactly("age", "color");
    assertThat(column(report, "age").drifted()).isTrue();
    assertThat(column(report, "age").unseen()).isGreaterThanOrEqualTo(100);
    assertThat(column(report, "color").drifted()).isFalse();

    DriftReport usual =
        Drift.ofLog(
            log, "credit", entry -> entry.id().high() % 2 == 0, profile, DriftPolicy.defaults());
    assertThat(usual.hasDrift()).isFalse();
    assertThat(usual.rows()).isEqualTo(100);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Drift.ofLog(log, "credit", entry -> false, profile, DriftPolicy.defaults()))
        .withMessage("no logged prediction of endpoint 'credit' is to be compared");
  }

  @Test
  void twoProfiles_areComparedAsTheRowsOfTheSecondWouldBe() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Profile reference = Profile.of(table(400, random, UnaryOperator.identity()));
    for (UnaryOperator<@Nullable Object[]> change :
        List.<UnaryOperator<@Nullable Object[]>>of(
            UnaryOperator.identity(), values -> shifted(values, 3))) {
      MemoryTable rows = table(300, random, change);
      ProfileCounter counter = reference.cells().counter();
      counter.add(rows);
      DriftReport counted = Drift.of(reference.cells(), counter, DriftPolicy.defaults());
      assertThat(Drift.of(reference, Profile.of(rows), DriftPolicy.defaults()))
          .as("seed %d", seed)
          .isEqualTo(counted);
    }
  }

  @Test
  void profilesOfManyValues_fromOneDistribution_raiseFewAlarms_andAShiftDoes() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Schema schema = Schema.of(Field.of("n", FieldType.FLOAT64), Field.of("name", FieldType.TEXT));
    int alarms = 0;
    int found = 0;
    for (int i = 0; i < 40; i++) {
      Profile reference = many(schema, 3000, 0, random);
      DriftPolicy policy = DriftPolicy.defaults();
      alarms += Drift.of(reference, many(schema, 2000, 0, random), policy).hasDrift() ? 1 : 0;
      found += Drift.of(reference, many(schema, 2000, 0.3, random), policy).drifted().size();
    }
    assertThat(alarms).as("seed %d", seed).isLessThanOrEqualTo(4);
    assertThat(found).as("seed %d", seed).isGreaterThanOrEqualTo(76);
  }

  private static Profile many(Schema schema, int rows, double shift, Random random) {
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (int row = 0; row < rows; row++) {
      boolean unknown = random.nextDouble() < 0.1 + shift;
      table.add(
          row,
          random.nextGaussian() + 2 * shift,
          unknown ? "unknown" : "name " + random.nextInt(5000));
    }
    return Profile.of(table.build());
  }

  @Test
  void nothingToCompare_isSaid() {
    ProfileCells profile = profile(10, new Random(4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Drift.of(profile, profile.counter(), DriftPolicy.defaults()))
        .withMessageContaining("10 in the profile and 0 live");
    ProfileCells empty = profile(0, new Random(4));
    ProfileCounter counter = empty.counter();
    counter.add(table(3, new Random(5), UnaryOperator.identity()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Drift.of(empty, counter, DriftPolicy.defaults()))
        .withMessageContaining("0 in the profile and 3 live");
  }

  @Test
  void theSameRows_giveTheSameReport_toTheBit() {
    // The digest was taken when the report was new. It must be the same on every platform.
    Random random = new Random(42);
    MemoryTable.Builder rows = MemoryTable.builder(Schema.of(Field.of("n", FieldType.FLOAT64)));
    for (int i = 0; i < 500; i++) {
      rows.add(i, (double) random.nextInt(1000));
    }
    ProfileCells profile = Profile.of(rows.build()).cells();
    ProfileCounter counter = profile.counter();
    for (int i = 0; i < 300; i++) {
      counter.add(ValuesRow.of(profile.schema(), (double) random.nextInt(900)));
    }
    DriftReport report = Drift.of(profile, counter, DriftPolicy.defaults());
    assertThat(report.digest().hex())
        .isEqualTo("01f1b2e69ef31ee0dd2b25850e178446960e6e445f5e75834a0e9eb68af6e95d");
  }
}
