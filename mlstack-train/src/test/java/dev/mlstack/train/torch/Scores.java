package dev.mlstack.train.torch;

import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;

/** What a model says of the examples of one block, and how good that is. */
record Scores(double[] outputs, double[] labels, int width) {

  static Scores of(Model model, Examples examples) {
    ExampleBlock block = examples.block(0);
    int width = model.signature().outputWidth();
    double[] outputs = new double[block.rows() * width];
    model.score(block.features(), block.rows(), outputs);
    return new Scores(outputs, block.labels(), width);
  }

  /** Returns the part of rows whose class has the greatest probability. */
  double accuracy() {
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      int best = 0;
      for (int i = 1; i < width; i++) {
        best = outputs[row * width + i] > outputs[row * width + best] ? i : best;
      }
      right += best == labels[row] ? 1 : 0;
    }
    return right / (double) labels.length;
  }

  /** Returns the probability that a row of class 1 scores higher than one of class 0. */
  double auc() {
    double above = 0;
    long pairs = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          double difference = outputs[2 * i + 1] - outputs[2 * j + 1];
          above += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return above / pairs;
  }
}
