package dev.mlstack.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BenchmarksTest {

  @Test
  void everyBenchmarkIsFoundByItsNameAndListed() {
    for (Benchmark benchmark : Benchmarks.ALL) {
      assertThat(Benchmarks.find(benchmark.name())).containsSame(benchmark);
      assertThat(Benchmarks.list()).contains(benchmark.name()).contains(benchmark.about());
    }
  }

  @Test
  void namesAreDistinctWordsInLowerCase() {
    assertThat(Benchmarks.ALL)
        .extracting(Benchmark::name)
        .doesNotHaveDuplicates()
        .doesNotContain("list")
        .allSatisfy(name -> assertThat(name).matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  void find_unknownName_findsNothing() {
    assertThat(Benchmarks.find("no-such-benchmark")).isEmpty();
  }
}
