package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import java.util.Arrays;
import java.util.List;

/** The answers of models, and what must hold for them. */
final class Answers {

  private static final double SUM_TOLERANCE = 1e-6;

  private Answers() {}

  /** Returns what a model answers for the rows of a block, all at once. */
  static double[] of(Model model, ExampleBlock block) {
    double[] outputs = new double[block.rows() * model.signature().outputWidth()];
    model.score(block.features(), block.rows(), outputs);
    return outputs;
  }

  /** Checks that numbers are numbers, and that probabilities are such and add up to 1. */
  static void require(List<Output> outputs, double[] answers) {
    int at = 0;
    while (at < answers.length) {
      for (Output output : outputs) {
        double[] answer = Arrays.copyOfRange(answers, at, at + output.width());
        assertThat(answer).as("%s", output).doesNotContain(Double.NaN);
        if (output instanceof Output.Classes) {
          assertThat(Arrays.stream(answer).boxed()).allMatch(p -> p >= 0 && p <= 1);
          assertThat(Arrays.stream(answer).sum()).isCloseTo(1, within(SUM_TOLERANCE));
        }
        at += output.width();
      }
    }
  }
}
