package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mlstack.core.model.LinearModel;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stands here because the tests of core are in a module that does not read management beans. */
class ScoringAllocationTest {

  @Test
  void scoringARow_allocatesNothing() {
    Signature signature =
        LinearData.signature(
            2,
            LinearData.classes(2),
            new Output.Quantity("number"),
            Output.Classes.of("three", List.of("a", "b", "c")),
            new Output.Array("array", List.of(2)));
    LinearModel model = LinearModel.of(signature, LinearData.numbers(1, 21));
    float[] features = {1, 2};
    double[] outputs = new double[signature.outputWidth()];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 100; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        model.score(features, 1, outputs);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    // To ask for the figure may itself cost some bytes; a thousand rows must not.
    assertThat(least).isLessThan(1000);
  }
}
