package dev.mlstack.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The benchmarks there are. */
final class Benchmarks {

  /** All of them, in the order in which they are listed. */
  static final List<Benchmark> ALL =
      List.of(
          new CsvBenchmark(),
          new CommitBenchmark(),
          new CheckBenchmark(),
          new JsonLinesBenchmark(),
          new ParquetBenchmark(),
          new EncodeBenchmark(),
          new TransformBenchmark(),
          new PredictBenchmark(),
          new StorePutBenchmark(),
          new RefsBenchmark(),
          new LogisticBenchmark(),
          new NetworkBenchmark(),
          new EvaluateBenchmark(),
          new MetricsBenchmark(),
          new ProfileBenchmark());

  private Benchmarks() {}

  /** Returns the benchmark of a name, if there is one. */
  static Optional<Benchmark> find(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }

  /** Returns a line for each benchmark: its name and what it measures. */
  static String list() {
    return ALL.stream()
        .map(benchmark -> String.format("%-18s%s%n", benchmark.name(), benchmark.about()))
        .collect(Collectors.joining());
  }
}
