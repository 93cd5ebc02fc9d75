package dev.mlstack.benchmarks;

import java.io.IOException;

/**
 * Encodes one record at a time through a fitted pipeline, beside a loop written by hand for these
 * very columns. JMH, one thread.
 */
final class EncodeBenchmark implements Benchmark {

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public String about() {
    return "encode one record of 20 columns, time and bytes allocated (a loop by hand)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Jmh.Costs costs = Jmh.run(EncodeRow.class);
    workbench.report("row", "ns", costs.nanos("ours"), "HANDWRITTEN", costs.nanos("byHand"));
    workbench.report("allocated", "B", costs.bytes("ours"), "HANDWRITTEN", costs.bytes("byHand"));
  }
}
