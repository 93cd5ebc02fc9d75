package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.feature.DenseFeatures;
import dev.mlstack.data.transform.Bins;
import dev.mlstack.data.transform.Features;
import dev.mlstack.data.transform.Impute;
import dev.mlstack.feature.FittedPipeline;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Fits steps to columns of five million rows on two threads, and applies them. The peers are in
 * Python; here a step is set beside reading its column, which is the least that it could take.
 */
final class TransformBenchmark implements Benchmark {

  private static final int THREADS = 2;
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "transform";
  }

  @Override
  public String about() {
    return "fit and apply steps on 5M rows, 2 threads (reading the column)";
  }

  private static Map<String, Features> plans() {
    Map<String, Features> plans = new LinkedHashMap<>();
    plans.put("scaler", Features.numeric("amount").standardize());
    plans.put("median", Features.numeric("amount").impute(Impute.MEDIAN));
    plans.put("quantile-bins", Features.numeric("amount").codes(Bins.quantiles(10)));
    plans.put("one-hot", Features.categorical("country").oneHot());
    plans.put("ordinal", Features.categorical("sku").codes());
    return plans;
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Orders orders = Orders.of(workbench)) {
      Execution execution = Execution.on(threads, THREADS);
      for (Map.Entry<String, Features> plan : plans().entrySet()) {
        FittedPipeline fitted = plan.getValue().fit(orders, Set.of(), 1, execution);
        String column = fitted.input().names().get(0);
        new Race(2, ROUNDS, Race.timed(() -> plan.getValue().fit(orders, Set.of(), 1, execution)))
            .against("READING", Race.timed(() -> orders.read(column, execution)))
            .report(workbench, plan.getKey() + "-fit", "s", 1);
        new Race(2, ROUNDS, Race.timed(() -> apply(fitted, orders, execution)))
            .against("READING", Race.timed(() -> orders.read(column, execution)))
            .report(workbench, plan.getKey() + "-apply", "s", 1);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Encodes all rows; those of each table into an array that is used again. */
  private static void apply(FittedPipeline fitted, Orders orders, Execution execution) {
    orders.forEachTable(
        execution,
        () -> new DenseFeatures(fitted.layout().width()),
        (table, features) -> {
          features.clear();
          fitted.apply(table, features);
        });
  }
}
