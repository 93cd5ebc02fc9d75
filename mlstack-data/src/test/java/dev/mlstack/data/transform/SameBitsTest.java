package dev.mlstack.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.feature.Grams;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.RandomTables;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is learned does not depend on threads, on how the data is cut, or on the order of rows. */
class SameBitsTest {

  private static final int ATTEMPTS = Boolean.getBoolean("mlstack.exhaustive") ? 200 : 2;

  private final ExecutorService threads = Executors.newFixedThreadPool(7);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static final Features PLAN =
      Features.of(
          Features.numeric().impute(Impute.MEDIAN).standardize(),
          Features.numeric("double").impute(Impute.MEAN).minMax().standardize(),
          Features.numeric("float").impute(Impute.MOST_FREQUENT),
          Features.temporal().standardize(),
          Features.categorical().impute(Impute.MOST_FREQUENT).oneHot(6),
          Features.categorical("tiny").oneHot(3),
          Features.numeric("long").robust().flagMissing(),
          Features.numeric("int").clipToQuantiles(0.1, 0.9).yeoJohnson(),
          Features.numeric("short").oneHot(Bins.quantiles(7)),
          Features.time().cyclic(TimePart.HOUR, TimePart.MONTH),
          Features.cross("color", "flag").codes(),
          Features.text("text").tfIdf(Vocabulary.of(Grams.characters(1, 2)).limit(50)),
          Features.expression("sum", Expr.number("double").plus(Expr.number("float"))).minMax(),
          Features.tensors());

  private static Digest fit(Dataset data, Execution execution) {
    return PLAN.fit(data, Set.of(), 1, execution).digest();
  }

  @Test
  void threadsAndShardsAndTables_changeNoBit() {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Table table =
          RandomTables.of(RandomTables.everyType(), 1 + random.nextInt(12_000), random.nextLong());
      Digest expected = fit(Cut.whole(table), Execution.here());
      for (int parallelism : new int[] {1, 2, 7}) {
        for (int shards : new int[] {1, 2, 7, 30}) {
          Dataset cut = Cut.random(table, shards, random.nextLong());
          assertThat(fit(cut, Execution.on(threads, parallelism)))
              .as("seed %d: %d threads, %d shards", seed, parallelism, shards)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void orderOfRows_changesNoBit() {
    long seed = RandomTables.seed();
    Table table = RandomTables.of(RandomTables.everyType(), 5000, seed);
    int[] shuffled = IntStream.range(0, 5000).toArray();
    Random random = new Random(seed);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = other;
    }
    assertThat(fit(Cut.whole(table.select(shuffled)), Execution.here()))
        .as("seed %d", seed)
        .isEqualTo(fit(Cut.whole(table), Execution.here()));
  }

  /**
   * On every version of Java and every machine. The document was computed with fractions and
   * hashlib of Python from the documentation alone.
   */
  @Test
  void digest_isTheSameForEver() {
    Schema schema =
        Schema.of(
            Field.of("age", FieldType.FLOAT64),
            Field.of("height", FieldType.INT32),
            Field.of("color", FieldType.TEXT),
            Field.of("ill", FieldType.BOOL));
    MemoryTable.Builder rows = MemoryTable.builder(schema);
    for (int i = 0; i < 100; i++) {
      Object age = i % 7 == 0 ? null : 20 + i * 0.7;
      rows.add(i, age, 150 + i * i % 50, i % 3 == 0 ? "red" : "color " + i % 5, i % 2 == 0);
    }
    FittedPipeline pipeline =
        Features.standard().fit(MemoryDataset.of(rows.build()), Set.of("ill"), 1, Execution.here());
    assertThat(Fitting.document(pipeline))
        .contains("\"deviation\":18.467633172661838,\"mean\":54.755")
        .contains("\"deviation\":14.934858553063032,\"mean\":172.5");
    assertThat(pipeline.digest().hex())
        .isEqualTo("1efc23d0772e89895391ad0306ba9ba0fee0d70c5c29393327dd99c9f3765e17");
  }
}
