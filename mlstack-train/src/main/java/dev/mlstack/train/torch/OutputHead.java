package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.store.Value;

/** What one output of a model has to do with the numbers that a network gives for it. */
sealed interface OutputHead permits ClassesHead, NumbersHead {

  /**
   * Returns the head for an output.
   *
   * @param from the index of its first number among the labels of a row
   */
  static OutputHead of(Output output, Examples examples, int from) {
    return output instanceof Output.Classes
        ? new ClassesHead(output.width())
        : new NumbersHead(TargetScaling.of(output.column(), examples, from, output.width()));
  }

  /** Returns the head for an output that a document describes. */
  static OutputHead fromValue(Output output, Value value) {
    return output instanceof Output.Classes
        ? new ClassesHead(output.width())
        : new NumbersHead(TargetScaling.fromValue(value));
  }

  /** Returns the document of what was found in the examples. */
  Value.Doc toValue();

  /** Returns how many numbers the network gives, which are as many as the model gives. */
  int width();

  /** Returns how many numbers of a label it reads. */
  int labelWidth();

  /**
   * Writes what the loss needs to know of an example.
   *
   * @param labels the array that has the label
   * @param label the index of its first number
   * @param weight how much the example counts
   * @param targets takes as many numbers as the network gives
   * @param target the index of the first
   */
  void target(double[] labels, int label, double weight, float[] targets, int target);

  /**
   * Returns the sum of the losses of some examples, each times its weight.
   *
   * @param scores what the network gives, examples by numbers
   * @param targets what {@link #target} has written, of the same shape
   * @param weights how much each example counts, examples by 1
   */
  PtNDArray loss(PtNDArray scores, PtNDArray targets, PtNDArray weights);

  /**
   * Turns what the network gives for an example into what the model gives.
   *
   * @param scores the array that has the numbers of the network
   * @param score the index of the first
   * @param outputs takes the numbers of the model
   * @param output the index of the first
   */
  void answer(float[] scores, int score, double[] outputs, int output);
}
