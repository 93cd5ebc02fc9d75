package dev.mlstack.train.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.store.Value;
import java.util.List;

/** A convolution of images: channels, height, width. */
final class Convolution extends Layer {

  static final String NAME = "conv2d";

  private static final Shape ONE = new Shape(1, 1);

  private final int filters;
  private final int kernel;
  private final int padding;

  Convolution(int filters, int kernel, int padding) {
    this.filters = Require.positive("filters", filters);
    this.kernel = Require.positive("kernel", kernel);
    this.padding = Require.atLeast(0, "padding", padding);
  }

  static Convolution from(Value.Doc doc) {
    return new Convolution(
        Math.toIntExact(doc.whole("filters")),
        Math.toIntExact(doc.whole("kernel")),
        Math.toIntExact(doc.whole("padding")));
  }

  @Override
  Value.Doc toValue() {
    return named(NAME)
        .put("filters", filters)
        .put("kernel", kernel)
        .put("padding", padding)
        .build();
  }

  /** Checks that an input is an image. */
  static void requireImage(ArrayShape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "it needs channels, height and width; put reshape(channels, height, width) before it");
    }
  }

  @Override
  ArrayShape output(ArrayShape input) {
    requireImage(input);
    return ArrayShape.of(filters, length(input.get(1)), length(input.get(2)));
  }

  private int length(int input) {
    int length = input + 2 * padding - kernel + 1;
    if (length < 1) {
      throw new IllegalArgumentException(
          "its kernel of "
              + kernel
              + " is larger than the image with its padding; use a smaller kernel, more padding or"
              + " less pooling");
    }
    return length;
  }

  @Override
  List<ParameterShape> parameters(ArrayShape input) {
    int channels = input.get(0);
    return List.of(
        ParameterShape.weight(
            ArrayShape.of(filters, channels, kernel, kernel), channels * kernel * kernel),
        ParameterShape.bias(filters));
  }

  @Override
  PtNDArray forward(PtNDArray input, List<PtNDArray> parameters) {
    return JniUtils.convolution(
        input, parameters.get(0), parameters.get(1), ONE, new Shape(padding, padding), ONE, 1);
  }

  @Override
  public String toString() {
    return "conv2d(" + filters + ", " + kernel + ", " + padding + ")";
  }
}
