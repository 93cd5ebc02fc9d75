package dev.mlstack.train.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.store.Value;
import java.util.List;

/** The greatest number of each square of an image. */
final class MaxPooling extends Layer {

  static final String NAME = "max-pool2d";

  private static final Shape NO_PADDING = new Shape(0, 0);

  private final int size;

  MaxPooling(int size) {
    this.size = Require.positive("size", size);
  }

  static MaxPooling from(Value.Doc doc) {
    return new MaxPooling(Math.toIntExact(doc.whole("size")));
  }

  @Override
  Value.Doc toValue() {
    return named(NAME).put("size", size).build();
  }

  @Override
  ArrayShape output(ArrayShape input) {
    Convolution.requireImage(input);
    if (input.get(1) < size || input.get(2) < size) {
      throw new IllegalArgumentException(
          "its squares of " + size + " are larger than the image; pool less");
    }
    return ArrayShape.of(input.get(0), input.get(1) / size, input.get(2) / size);
  }

  @Override
  PtNDArray forward(PtNDArray input, List<PtNDArray> parameters) {
    Shape square = new Shape(size, size);
    return JniUtils.maxPool(input, square, square, NO_PADDING, /* ceilMode= */ false);
  }

  @Override
  public String toString() {
    return "maxPool2d(" + size + ")";
  }
}
