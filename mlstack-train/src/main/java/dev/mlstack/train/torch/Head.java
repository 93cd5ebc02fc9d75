package dev.mlstack.train.torch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the outputs of a model have to do with the numbers that a network gives: their targets,
 * their loss, which is the sum of the losses of all outputs, and their answers.
 */
final class Head {

  private final List<OutputHead> outputs;
  private final long[] widths;
  private final int width;

  private Head(List<OutputHead> outputs) {
    this.outputs = List.copyOf(outputs);
    this.widths = outputs.stream().mapToLong(OutputHead::width).toArray();
    this.width = outputs.stream().mapToInt(OutputHead::width).sum();
  }

  /** Returns the head for the outputs of some examples, scaled as their labels are. */
  static Head of(Examples examples) {
    List<OutputHead> heads = new ArrayList<>();
    int from = 0;
    for (Output output : examples.signature().outputs()) {
      heads.add(OutputHead.of(output, examples, from));
      from += output.labelWidth();
    }
    return new Head(heads);
  }

  /** Returns the head that a document describes. */
  static Head fromValue(Signature signature, Value value) {
    List<Value> documents = value.asItems();
    List<Output> outputs = signature.outputs();
    if (documents.size() != outputs.size()) {
      throw new IllegalArgumentException(
          outputs.size() + " outputs cannot have " + documents.size() + " scalings");
    }
    List<OutputHead> heads = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      heads.add(OutputHead.fromValue(outputs.get(i), documents.get(i)));
    }
    Head head = new Head(heads);
    if (head.width != signature.outputWidth()) {
      throw new IllegalArgumentException(
          "scalings of " + head.width + " numbers do not fit " + signature.outputWidth());
    }
    return head;
  }

  /** Returns the list of documents that describes this head, one for each output. */
  Value toValue() {
    return Value.of(outputs.stream().map(OutputHead::toValue).toList());
  }

  /** Returns how many numbers the network gives for an example. */
  int width() {
    return width;
  }

  /** Writes the targets of an example; see {@link OutputHead#target}. */
  void target(double[] labels, int label, double weight, float[] targets, int target) {
    for (OutputHead output : outputs) {
      output.target(labels, label, weight, targets, target);
      label += output.labelWidth();
      target += output.width();
    }
  }

  /** Returns the sum of the losses of a batch, each times its weight: an array of one number. */
  PtNDArray loss(PtNDArray scores, Batch batch) {
    if (outputs.size() == 1) {
      return outputs.get(0).loss(scores, batch.targets(), batch.weights());
    }
    NDList scoresOf = JniUtils.split(scores, widths, 1);
    NDList targetsOf = JniUtils.split(batch.targets(), widths, 1);
    PtNDArray sum = loss(0, scoresOf, targetsOf, batch);
    for (int i = 1; i < outputs.size(); i++) {
      sum = JniUtils.add(sum, loss(i, scoresOf, targetsOf, batch));
    }
    return sum;
  }

  private PtNDArray loss(int output, NDList scoresOf, NDList targetsOf, Batch batch) {
    return outputs
        .get(output)
        .loss((PtNDArray) scoresOf.get(output), (PtNDArray) targetsOf.get(output), batch.weights());
  }

  /** Turns what the network gives for an example into what the model gives. */
  void answer(float[] scores, int score, double[] answers, int answer) {
    for (OutputHead output : outputs) {
      output.answer(scores, score, answers, answer);
      score += output.width();
      answer += output.width();
    }
  }
}
