package dev.mlstack.core.model;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import dev.mlstack.core.compute.LocalRounds;
import dev.mlstack.core.math.ExactSums;
import dev.mlstack.core.math.StableMath;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;

/**
 * How far the answers of a model are from the labels: the mean over all examples, by weight, of the
 * logarithmic loss of each column of classes (in nats) plus the squared error of each number.
 */
public final class ValidationLoss {

  private final Model model;

  private ValidationLoss(Model model) {
    this.model = model;
  }

  /**
   * Returns the loss of a model on examples; NaN if their weights are all 0.
   *
   * @param examples at least one, of the signature of the model
   */
  public static double of(Model model, Examples examples, Execution execution) {
    double[] totals =
        LocalRounds.run(
            new ValidationLoss(model).new Pass(), examples.blocks(), examples::block, execution);
    return totals[0] / totals[1];
  }

  /** Returns the sum of the weighted losses and that of the weights. */
  private double[] totals(ExampleBlock block) {
    double[] answers = new double[block.rows() * model.signature().outputWidth()];
    model.score(block.features(), block.rows(), answers);
    double[] totals = new double[2];
    int answer = 0;
    int label = 0;
    for (int row = 0; row < block.rows(); row++) {
      double loss = 0;
      for (Output output : model.signature().outputs()) {
        loss += loss(output, answers, answer, block.labels(), label);
        answer += output.width();
        label += output.labelWidth();
      }
      totals[0] += block.weights()[row] * loss;
      totals[1] += block.weights()[row];
    }
    return totals;
  }

  private static double loss(
      Output output, double[] answers, int answer, double[] labels, int label) {
    if (output instanceof Output.Classes) {
      double probability = answers[answer + (int) labels[label]];
      return -StableMath.log(Math.max(probability, Double.MIN_NORMAL));
    }
    double squares = 0;
    for (int i = 0; i < output.width(); i++) {
      double error = answers[answer + i] - labels[label + i];
      squares += error * error;
    }
    return squares;
  }

  /** One pass over all blocks; the state is empty until it has been made. */
  private final class Pass implements Rounds<double[], ExactSums, ExampleBlock> {
    @Override
    public double[] start() {
      return new double[0];
    }

    @Override
    public boolean done(double[] state) {
      return state.length > 0;
    }

    @Override
    public ExactSums partial(double[] state, ExampleBlock block) {
      return ExactSums.of(totals(block));
    }

    @Override
    public ExactSums merge(ExactSums left, ExactSums right) {
      return left.add(right);
    }

    @Override
    public double[] update(double[] state, ExactSums total) {
      return total.values();
    }
  }
}
