package dev.mlstack.serve.watch;

import dev.mlstack.core.profile.ColumnCells;
import dev.mlstack.core.profile.CommonCells;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.profile.ProfileCells;
import dev.mlstack.core.profile.ProfileCounter;
import dev.mlstack.core.profile.TextCells;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Compares live traffic with the data that a model was trained on, column by column.
 *
 * <p>Both are counted in the cells that the profile fixed, so no live value need be kept. A column
 * has drifted if a chi-square test says that chance does not explain the difference, with the false
 * discovery rate over all columns controlled, and the Jensen-Shannon distance says that it matters.
 * Fixed thresholds on distances alone would raise alarms on small samples most of the time.
 *
 * <p>Texts that were rare in training count together with those that it never saw: which rare texts
 * a sample happens to have says nothing of its distribution. So columns of names or identifiers
 * raise no alarm for having new ones.
 *
 * <p>The level is approximate. With several times as many live rows as profiled ones, alarms by
 * chance are up to twice as frequent as it says, because the borders of the cells are themselves a
 * sample.
 */
public final class Drift {

  /** Texts that fewer rows of the training data have than this, 20, have no cell of their own. */
  private static final int RARE = 20;

  private Drift() {}

  /**
   * Compares two profiles: the features and labels that both have, found by name.
   *
   * @param profile the profile of the training data
   * @param live the profile of later rows
   * @throws IllegalArgumentException if they have no such column in common, or one is of another
   *     kind, or either has no row
   */
  public static DriftReport of(Profile profile, Profile live, DriftPolicy policy) {
    CommonCells common = CommonCells.of(profile, live);
    return of(common.reference(), common.live(), policy);
  }

  /**
   * Compares counted rows with the cells in which they were counted.
   *
   * @throws IllegalArgumentException if no row was counted or profiled
   */
  public static DriftReport of(ProfileCells profile, ProfileCounter live, DriftPolicy policy) {
    return of(profile, List.of(live), policy);
  }

  /**
   * Compares logged inputs with a profile: their columns that the profile has, found by name.
   *
   * @param log what was asked; entries that were not flushed may be missing
   * @param endpoint whose entries to compare
   * @param which the entries to compare, for instance those after some time
   * @param profile the cells of the profile of the training data
   * @throws IllegalArgumentException if no entry is left, or one has no column of the profile
   */
  public static DriftReport ofLog(
      PredictionLog log,
      String endpoint,
      Predicate<? super LoggedPrediction> which,
      ProfileCells profile,
      DriftPolicy policy) {
    LogCounter counter = new LogCounter(profile);
    log.forEach(
        endpoint,
        entry -> {
          if (which.test(entry)) {
            counter.add(entry.input());
          }
        });
    if (counter.counters.isEmpty()) {
      throw new IllegalArgumentException(
          "no logged prediction of endpoint '" + endpoint + "' is to be compared");
    }
    return of(profile, counter.counters, policy);
  }

  /** Counts the inputs of a log, schema by schema. */
  private static final class LogCounter {
    private final ProfileCells profile;
    private final List<ProfileCounter> counters = new ArrayList<>();
    private final List<Schema> schemas = new ArrayList<>();
    private int last = -1;

    LogCounter(ProfileCells profile) {
      this.profile = profile;
    }

    void add(Row input) {
      // Nearly always that of the row before; a hash of a schema takes longer than counting.
      if (last < 0 || !schemas.get(last).equals(input.schema())) {
        last = schemas.indexOf(input.schema());
      }
      if (last < 0) {
        counters.add(profile.counter(input.schema()));
        schemas.add(input.schema());
        last = schemas.size() - 1;
      }
      counters.get(last).add(input);
    }
  }

  private static DriftReport of(
      ProfileCells profile, List<ProfileCounter> live, DriftPolicy policy) {
    long rows = live.stream().mapToLong(ProfileCounter::rows).sum();
    if (rows == 0 || profile.rows() == 0) {
      throw new IllegalArgumentException(
          "there must be at least 1 row on either side to compare but there are "
              + profile.rows()
              + " in the profile and "
              + rows
              + " live");
    }
    List<String> names =
        profile.schema().names().stream().filter(name -> anyCounts(live, name)).toList();
    List<CellTest> tests =
        names.stream().map(name -> test(profile.column(name), counts(live, name))).toList();
    double[] pValues = tests.stream().mapToDouble(CellTest::pValue).toArray();
    double[] adjusted = adjust(pValues);
    List<ColumnDrift> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      double distance = tests.get(i).distance();
      boolean drifted = adjusted[i] < policy.alpha() && distance >= policy.minDistance();
      columns.add(
          new ColumnDrift(name, distance, pValues[i], adjusted[i], unseen(live, name), drifted));
    }
    columns.sort(
        Comparator.comparingDouble(ColumnDrift::distance)
            .reversed()
            .thenComparing(ColumnDrift::column));
    return new DriftReport(profile.profile(), rows, policy, columns);
  }

  private static CellTest test(ColumnCells column, long[] live) {
    return new CellTest(withoutRare(column, column.counts()), withoutRare(column, live));
  }

  /** Counts texts that were rare in training among the others; changes and returns the counts. */
  private static long[] withoutRare(ColumnCells column, long[] counts) {
    if (column instanceof TextCells texts) {
      int others = texts.values().size();
      for (int i = 0; i < others; i++) {
        if (texts.frequencies().get(i) < RARE) {
          counts[others] += counts[i];
          counts[i] = 0;
        }
      }
    }
    return counts;
  }

  private static boolean anyCounts(List<ProfileCounter> counters, String column) {
    return counters.stream().anyMatch(counter -> counter.columns().contains(column));
  }

  /** Returns the counts of a column in all rows that have it. */
  private static long[] counts(List<ProfileCounter> counters, String column) {
    return counters.stream()
        .filter(counter -> counter.columns().contains(column))
        .map(counter -> counter.counts(column))
        .reduce(Drift::sum)
        .orElseThrow();
  }

  private static long[] sum(long[] left, long[] right) {
    long[] sum = new long[left.length];
    Arrays.setAll(sum, i -> left[i] + right[i]);
    return sum;
  }

  private static long unseen(List<ProfileCounter> counters, String column) {
    return counters.stream()
        .filter(counter -> counter.columns().contains(column))
        .mapToLong(counter -> counter.unseen(column))
        .sum();
  }

  /** Returns p-values adjusted after Benjamini and Hochberg. */
  static double[] adjust(double[] pValues) {
    int count = pValues.length;
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
    double[] adjusted = new double[count];
    double least = 1;
    for (int rank = count; rank >= 1; rank--) {
      int index = order[rank - 1];
      least = Math.min(least, pValues[index] * count / rank);
      adjusted[index] = least;
    }
    return adjusted;
  }
}
