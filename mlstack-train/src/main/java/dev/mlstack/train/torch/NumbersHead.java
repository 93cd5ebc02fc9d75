package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.store.Value;

/**
 * The network gives a quantity, or each number of an array, in its own scale. The loss is the mean
 * of the squared errors of the numbers in that scale.
 */
record NumbersHead(TargetScaling scaling) implements OutputHead {

  @Override
  public Value.Doc toValue() {
    return scaling.toValue();
  }

  @Override
  public int width() {
    return scaling.width();
  }

  @Override
  public int labelWidth() {
    return scaling.width();
  }

  @Override
  public void target(double[] labels, int label, double weight, float[] targets, int target) {
    for (int i = 0; i < width(); i++) {
      targets[target + i] = scaling.scale(labels[label + i], i);
    }
  }

  @Override
  public PtNDArray loss(PtNDArray scores, PtNDArray targets, PtNDArray weights) {
    PtNDArray squares = JniUtils.square(JniUtils.sub(scores, targets));
    PtNDArray errors = width() == 1 ? squares : JniUtils.mean(squares, 1, /* keepDims= */ true);
    return JniUtils.sum(JniUtils.mul(errors, weights));
  }

  @Override
  public void answer(float[] scores, int score, double[] outputs, int output) {
    for (int i = 0; i < width(); i++) {
      outputs[output + i] = scaling.unscale(scores[score + i], i);
    }
  }
}
