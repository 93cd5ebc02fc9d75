package dev.mlstack.train.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.core.math.StableMath;
import dev.mlstack.store.Value;

/**
 * The network gives a score for each class, the model their softmax. The loss is the cross-entropy.
 *
 * @param width how many classes there are
 */
record ClassesHead(int width) implements OutputHead {

  @Override
  public Value.Doc toValue() {
    return Value.Doc.EMPTY;
  }

  @Override
  public int labelWidth() {
    return 1;
  }

  /** Writes minus the weight at the class and 0 elsewhere: the factors of the logarithms. */
  @Override
  public void target(double[] labels, int label, double weight, float[] targets, int target) {
    targets[target + (int) labels[label]] = (float) -weight;
  }

  @Override
  public PtNDArray loss(PtNDArray scores, PtNDArray targets, PtNDArray weights) {
    PtNDArray logarithms = JniUtils.logSoftmax(scores, 1, DataType.FLOAT32);
    return JniUtils.sum(JniUtils.mul(logarithms, targets));
  }

  @Override
  public void answer(float[] scores, int score, double[] outputs, int output) {
    for (int i = 0; i < width; i++) {
      outputs[output + i] = scores[score + i];
    }
    StableMath.softmax(outputs, output, width);
  }
}
