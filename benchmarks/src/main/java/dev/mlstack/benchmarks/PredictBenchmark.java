package dev.mlstack.benchmarks;

import dev.mlstack.Workspace;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.transform.Features;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.Row;
import dev.mlstack.train.linear.Logistic;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers one record at a time from an endpoint that logs every answer durably, beside a function
 * written by hand for these very columns that logs nothing: once at the pace of a busy service, and
 * once as fast as it goes.
 */
final class PredictBenchmark implements Benchmark {

  private static final int ROWS = 2000;
  private static final int CALLS = 100_000;
  private static final long PACE_NANOS = 50_000;
  private static final int PACED_CALLS = 60_000;
  private static final double NANOS = 1e9;
  private static final Label<Classification<Boolean>> LABEL = Label.flag("defaulted");

  private final List<Loan> loans =
      Stream.generate(drawing(new SplittableRandom(1))).limit(ROWS).toList();

  private static Supplier<Loan> drawing(SplittableRandom random) {
    return () -> Loan.random(random);
  }

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String about() {
    return "answer one record of 20 columns from an endpoint, with its log (a function by hand)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    try (Workspace workspace = Workspace.open(workbench.newDirectory())) {
      release(workspace);
      try (Endpoint<Loan, Classification<Boolean>> endpoint =
          workspace.endpoint("loans", Loan.class, MethodHandles.lookup(), LABEL)) {
        ByHand byHand = new ByHand(loans);
        paced(workbench, endpoint, byHand);
        new Race(2, 7, () -> flatOut(loan -> endpoint.predict(loan).value().probability(true)))
            .against("HANDWRITTEN", () -> flatOut(byHand::predict))
            .report(workbench, "flat-out", "ns", NANOS);
      }
    }
  }

  private void release(Workspace workspace) {
    RecordMapper<Loan> mapper = RecordMapper.of(Loan.class, MethodHandles.lookup());
    Schema schema =
        Schema.of(
            Stream.concat(mapper.schema().fields().stream(), LABEL.fields().stream()).toList());
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (Loan loan : loans) {
      table.add(table.rows(), values(mapper.row(loan), loan.debt() > loan.income()));
    }
    ModelRecipe<Classification<Boolean>> recipe =
        ModelRecipe.predict(LABEL).features(Features.standard()).trainer(Logistic.defaults());
    try (TrainedModel<?> model =
        workspace.train(recipe, MemoryDataset.of(table.build()), /* seed= */ 1)) {
      workspace.promote("loans", model, "to be measured");
    }
  }

  private static @Nullable Object[] values(Row row, boolean label) {
    @Nullable Object[] values = new Object[row.schema().size() + 1];
    for (int i = 0; i < row.schema().size(); i++) {
      if (!row.isNull(i)) {
        boolean isText = row.schema().field(i).type() instanceof FieldType.Text;
        values[i] = isText ? row.text(i) : (Object) row.number(i);
      }
    }
    values[values.length - 1] = label;
    return values;
  }

  /** Asks at a steady pace, and reports the median and the 99th percentile of single calls. */
  private void paced(
      Workbench workbench, Endpoint<Loan, Classification<Boolean>> endpoint, ByHand byHand) {
    double[] ours = pacedNanos(loan -> endpoint.predict(loan).value().probability(true));
    double[] theirs = pacedNanos(byHand::predict);
    workbench.report("paced-p50", "ns", at(ours, 0.5), "HANDWRITTEN", at(theirs, 0.5));
    workbench.report("paced-p99", "ns", at(ours, 0.99), "HANDWRITTEN", at(theirs, 0.99));
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))];
  }

  /** Answers a loan. */
  @FunctionalInterface
  private interface Answer {
    double to(Loan loan);
  }

  private double[] pacedNanos(Answer answer) {
    double[] nanos = new double[PACED_CALLS];
    double sum = 0;
    long due = System.nanoTime();
    for (int i = 0; i < PACED_CALLS; i++) {
      due += PACE_NANOS;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(1);
      }
      long begun = System.nanoTime();
      sum += answer.to(loans.get(i % ROWS));
      nanos[i] = System.nanoTime() - begun;
    }
    requireProbabilities(sum, PACED_CALLS);
    double[] later = Arrays.copyOfRange(nanos, PACED_CALLS / 3, PACED_CALLS);
    Arrays.sort(later);
    return later;
  }

  private double flatOut(Answer answer) throws IOException {
    double[] sum = new double[1];
    double seconds =
        Race.seconds(
            () -> {
              for (int i = 0; i < CALLS; i++) {
                sum[0] += answer.to(loans.get(i % ROWS));
              }
            });
    requireProbabilities(sum[0], CALLS);
    return seconds / CALLS;
  }

  private static void requireProbabilities(double sum, int count) {
    if (!(sum > 0 && sum < count)) {
      throw new IllegalStateException("answers are no probabilities: their sum is " + sum);
    }
  }

  /** Encodes by hand and scores with some weights. */
  private static final class ByHand {
    private final LoanEncoder encoder;
    private final float[] vector = new float[64];
    private final double[] weights = IntStream.range(0, 64).mapToDouble(i -> 0.01 * i).toArray();

    ByHand(List<Loan> loans) {
      this.encoder = LoanEncoder.fit(loans);
    }

    double predict(Loan loan) {
      encoder.encode(loan, vector);
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        sum += weights[i] * vector[i];
      }
      return 1 / (1 + Math.exp(-sum));
    }
  }
}
