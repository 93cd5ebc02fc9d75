package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.transform.Features;
import dev.mlstack.data.transform.Impute;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.table.RecordMapper;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The calls that are measured: a record into a vector, by the pipeline and by hand. */
@State(Scope.Thread)
public class EncodeRow {

  private static final int ROWS = 1000;
  private static final long SEED = 1;
  private static final double TOLERANCE = 1e-5;

  private final RecordMapper<Loan> mapper = RecordMapper.of(Loan.class);
  private final Loan[] loans;
  private final RowEncoder encoder;
  private final LoanEncoder byHand;
  private final float[] vector;
  private int next;

  /** Makes some rows, and fits both encoders to them. */
  public EncodeRow() {
    SplittableRandom random = new SplittableRandom(SEED);
    loans = Stream.generate(() -> Loan.random(random)).limit(ROWS).toArray(Loan[]::new);
    MemoryTable.Builder table = MemoryTable.builder(mapper.schema());
    for (Loan loan : loans) {
      table.add(table.rows(), mapper.row(loan));
    }
    FittedPipeline pipeline =
        Features.of(
                Features.numeric().impute(Impute.MEDIAN).standardize(),
                Features.categorical().oneHot())
            .fit(MemoryDataset.of(table.build()), Set.of(), SEED, Execution.here());
    encoder = pipeline.encoder(mapper.schema());
    byHand = LoanEncoder.fit(List.of(loans));
    vector = new float[encoder.width()];
    requireEqual();
  }

  private void requireEqual() {
    float[] expected = new float[vector.length];
    for (Loan loan : loans) {
      encoder.encode(mapper.row(loan), vector, 0);
      byHand.encode(loan, expected);
      for (int i = 0; i < vector.length; i++) {
        if (Math.abs(vector[i] - expected[i]) > TOLERANCE) {
          throw new IllegalStateException(
              "slot " + i + " is " + vector[i] + " but by hand it is " + expected[i]);
        }
      }
    }
  }

  private Loan nextLoan() {
    next = next + 1 < loans.length ? next + 1 : 0;
    return loans[next];
  }

  /** Encodes a record by the pipeline. */
  @Benchmark
  public float[] ours() {
    encoder.encode(mapper.row(nextLoan()), vector, 0);
    return vector;
  }

  /** Encodes a record by hand. */
  @Benchmark
  public float[] byHand() {
    byHand.encode(nextLoan(), vector);
    return vector;
  }
}
