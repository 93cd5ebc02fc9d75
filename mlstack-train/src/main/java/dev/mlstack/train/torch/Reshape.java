package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.store.Value;
import java.util.List;

/** The same numbers in another shape. */
final class Reshape extends Layer {

  static final String NAME = "reshape";

  private final ArrayShape shape;

  Reshape(ArrayShape shape) {
    this.shape = shape;
  }

  static Reshape from(Value.Doc doc) {
    return new Reshape(
        new ArrayShape(
            doc.items("shape").stream().map(size -> Math.toIntExact(size.asWhole())).toList()));
  }

  @Override
  Value.Doc toValue() {
    return named(NAME).put("shape", Value.ofWholes(shape.sizes())).build();
  }

  @Override
  ArrayShape output(ArrayShape input) {
    if (input.size() != shape.size()) {
      throw new IllegalArgumentException(
          "it needs " + shape.size() + " numbers and there are " + input.size());
    }
    return shape;
  }

  @Override
  PtNDArray forward(PtNDArray input, List<PtNDArray> parameters) {
    return JniUtils.reshape(input, shape.withLeading(-1));
  }

  @Override
  public String toString() {
    return "reshape" + shape.sizes().toString().replace('[', '(').replace(']', ')');
  }
}
