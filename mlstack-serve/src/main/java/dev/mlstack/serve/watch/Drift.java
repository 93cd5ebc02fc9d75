package dev.mlstack.serve.watch;

import dev.mlstack.core.profile.ColumnProfile;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.profile.ProfileCounter;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Compares live traffic with the data that a model was trained on, column by column.
 *
 * <p>Both are counted in the cells that the profile fixed, so no live value need be kept. A column
 * has drifted if a chi-square test says that chance does not explain the difference, with the false
 * discovery rate over all columns controlled, and the Jensen-Shannon distance says that it matters.
 * Fixed thresholds on distances alone would raise alarms on small samples most of the time.
 */
public final class Drift {

  private Drift() {}

  /**
   * Compares counted rows with the profile in whose cells they were counted.
   *
   * @throws IllegalArgumentException if no row was counted
   */
  public static DriftReport of(Profile profile, ProfileCounter live, DriftPolicy policy) {
    if (live.rows() == 0) {
      throw new IllegalArgumentException(
          "there must be at least 1 live row to compare but there is none");
    }
    List<String> names = live.columns();
    CellTest[] tests = new CellTest[names.size()];
    double[] pValues = new double[names.size()];
    for (int i = 0; i < tests.length; i++) {
      ColumnProfile column = profile.column(names.get(i));
      tests[i] = new CellTest(column.counts(), live.counts(names.get(i)));
      pValues[i] = tests[i].pValue();
    }
    double[] adjusted = adjust(pValues);
    List<ColumnDrift> columns = new ArrayList<>();
    for (int i = 0; i < tests.length; i++) {
      double distance = tests[i].distance();
      boolean drifted = adjusted[i] < policy.alpha() && distance >= policy.minDistance();
      columns.add(
          new ColumnDrift(
              names.get(i), distance, pValues[i], adjusted[i], live.unseen(names.get(i)), drifted));
    }
    columns.sort(
        Comparator.comparingDouble(ColumnDrift::distance)
            .reversed()
            .thenComparing(ColumnDrift::column));
    return new DriftReport(profile.digest(), live.rows(), policy, columns);
  }

  /**
   * Compares logged inputs with a profile.
   *
   * @param log what was asked; entries that were not flushed may be missing
   * @param endpoint whose entries to compare
   * @param which the entries to compare, for instance those after some time
   * @param profile the profile of the training data
   * @throws IllegalArgumentException if no entry is left
   */
  public static DriftReport ofLog(
      PredictionLog log,
      String endpoint,
      Predicate<? super LoggedPrediction> which,
      Profile profile,
      DriftPolicy policy) {
    Map<Schema, ProfileCounter> counters = new HashMap<>();
    log.forEach(
        endpoint,
        entry -> {
          if (which.test(entry)) {
            counters.computeIfAbsent(entry.input().schema(), profile::counter).add(entry.input());
          }
        });
    ProfileCounter all =
        counters.values().stream()
            .reduce(Drift::merged)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no logged prediction of endpoint '" + endpoint + "' is to be compared"));
    return of(profile, all, policy);
  }

  private static ProfileCounter merged(ProfileCounter left, ProfileCounter right) {
    left.merge(right);
    return left;
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
