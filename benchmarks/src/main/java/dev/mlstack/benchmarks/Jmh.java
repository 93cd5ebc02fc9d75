package dev.mlstack.benchmarks;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the methods of a class in JMH, each in a process of its own. */
final class Jmh {

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int ROUNDS = 5;

  private Jmh() {}

  /** What calls of some methods cost. */
  record Costs(Collection<RunResult> results) {

    /** Returns the mean time of a call of a method, in nanoseconds. */
    double nanos(String method) {
      return result(method).getPrimaryResult().getScore();
    }

    /** Returns how many bytes a call of a method allocates, to the nearest one. */
    double bytes(String method) {
      Result<?> allocated = result(method).getSecondaryResults().get(ALLOCATED);
      if (allocated == null) {
        throw new IllegalStateException("JMH has not counted what " + method + " allocates");
      }
      return Math.rint(allocated.getScore());
    }

    private RunResult result(String method) {
      return results.stream()
          .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("JMH has not run " + method));
    }
  }

  /** Runs all methods of a class that are benchmarks. */
  static Costs run(Class<?> type) throws IOException {
    var options =
        new OptionsBuilder()
            .include("^" + type.getName() + "\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(ROUNDS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(ROUNDS)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return new Costs(new Runner(options).run());
    } catch (RunnerException e) {
      throw new IOException(type.getSimpleName() + " could not be run by JMH", e);
    }
  }
}
