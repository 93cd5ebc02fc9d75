package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.TestExamples.COLOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The memory of the process stays flat however long networks train and score. */
@ExtendWith(NativeMemory.class)
class MemoryTest {

  private static final boolean EXHAUSTIVE = Boolean.getBoolean("mlstack.exhaustive");

  /** The collector and the compiler of the JVM alone move it by half of this. */
  private static final long SLACK = 100 << 20;

  /** What a step computes is 100 KB, so a leak of it would be 400 MB. */
  @Test
  void training_overThousandsOfSteps_staysFlat() throws IOException {
    Examples examples = TestExamples.random(320, 1, COLOR);
    NeuralNetwork trainer = NeuralNetwork.of(Network.mlp(256)).withEpochs(100_000);
    try (Training training = trainer.start(TrainingContext.of(examples, 1))) {
      training.advance(Budget.units(100));
      long arrays = NativeMemory.resources();
      long before = residentBytes();
      training.advance(Budget.units(EXHAUSTIVE ? 2000 : 400));
      assertThat(NativeMemory.resources()).isEqualTo(arrays);
      assertThat(residentBytes() - before).isLessThan(SLACK);
    }
  }

  /** What a call computes is 17 KB, so a leak of it would be 170 MB. */
  @Test
  void scoring_tenThousandTimes_staysFlat() throws IOException {
    Examples examples = TestExamples.random(320, 1, COLOR);
    NeuralNetwork trainer = NeuralNetwork.of(Network.mlp(256));
    try (Training training = trainer.start(TrainingContext.of(examples, 1));
        Model model = training.model()) {
      score(model, 2000);
      long arrays = NativeMemory.resources();
      long before = residentBytes();
      score(model, 10_000);
      assertThat(NativeMemory.resources()).isEqualTo(arrays);
      assertThat(residentBytes() - before).isLessThan(SLACK);
    }
  }

  private static void score(Model model, int calls) {
    float[] features = new float[4 * 16];
    double[] outputs = new double[3 * 16];
    for (int i = 0; i < calls; i++) {
      model.score(features, 16, outputs);
    }
  }

  /** Returns how much memory the process holds, once the garbage collector has had its turn. */
  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "only Linux says how much memory a process holds");
    System.gc();
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .map(kibibytes -> kibibytes << 10)
        .findFirst()
        .orElseThrow();
  }
}
