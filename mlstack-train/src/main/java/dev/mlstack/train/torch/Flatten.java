package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.store.Value;
import java.util.List;

/** The same numbers in one dimension. */
final class Flatten extends Layer {

  static final String NAME = "flatten";

  Flatten() {}

  @Override
  Value.Doc toValue() {
    return named(NAME).build();
  }

  @Override
  ArrayShape output(ArrayShape input) {
    return ArrayShape.of(input.size());
  }

  @Override
  PtNDArray forward(PtNDArray input, List<PtNDArray> parameters) {
    return JniUtils.flatten(input, 1, -1);
  }

  @Override
  public String toString() {
    return "flatten()";
  }
}
