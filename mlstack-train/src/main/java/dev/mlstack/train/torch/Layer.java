package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * One step of a {@link Network}: what is computed, but not yet on what shape, and without the
 * numbers that training finds. Immutable. Layers that describe the same are equal.
 *
 * <p>Layers are made by the methods of this class, best imported statically.
 */
public abstract sealed class Layer
    permits Activation, Convolution, Dense, Flatten, MaxPooling, Reshape {

  private static final String LAYER = "layer";

  /** For the layers of this package. */
  Layer() {}

  /**
   * Returns a layer that computes {@code units} weighted sums of all its inputs.
   *
   * @param units how many, 1 or more
   */
  public static Layer dense(int units) {
    return new Dense(units);
  }

  /** Returns the rectifier, {@code max(x, 0)}. */
  public static Layer relu() {
    return new Activation(Activation.Function.RELU);
  }

  /** Returns the hyperbolic tangent. */
  public static Layer tanh() {
    return new Activation(Activation.Function.TANH);
  }

  /** Returns {@code x} times the probability that a standard normal number is below {@code x}. */
  public static Layer gelu() {
    return new Activation(Activation.Function.GELU);
  }

  /**
   * Returns a layer that gives its inputs, in the order in which they come, another shape. As a
   * first layer it says what the features are: {@code reshape(1, 8, 8)} is an image of one channel
   * and 8 by 8 pixels.
   *
   * @param shape the size of each dimension, the outermost first
   */
  public static Layer reshape(int... shape) {
    return new Reshape(ArrayShape.of(shape));
  }

  /** Returns a layer that gives its inputs one dimension. */
  public static Layer flatten() {
    return new Flatten();
  }

  /**
   * Returns a convolution whose zero padding keeps height and width as they are.
   *
   * @param filters how many channels come out, 1 or more
   * @param kernel height and width of each filter; odd
   */
  public static Layer conv2d(int filters, int kernel) {
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "kernel must be odd, so that padding can keep the size, but was "
              + kernel
              + "; say the padding with conv2d(filters, kernel, padding)");
    }
    return new Convolution(filters, kernel, kernel / 2);
  }

  /**
   * Returns a convolution of images, of stride 1. It takes and gives channels, height and width.
   *
   * @param filters how many channels come out, 1 or more
   * @param kernel height and width of each filter, 1 or more
   * @param padding how many zeros are put around the image on each side, 0 or more
   */
  public static Layer conv2d(int filters, int kernel, int padding) {
    return new Convolution(filters, kernel, padding);
  }

  /**
   * Returns a layer that keeps the greatest number of each square of an image, channel by channel.
   * Squares do not overlap; what is left over at the lower and right edges is dropped.
   *
   * @param size height and width of each square, 1 or more
   */
  public static Layer maxPool2d(int size) {
    return new MaxPooling(size);
  }

  /** Returns the layer that a document describes. */
  static Layer fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    String layer = doc.text(LAYER);
    return switch (layer) {
      case Dense.NAME -> Dense.from(doc);
      case Convolution.NAME -> Convolution.from(doc);
      case MaxPooling.NAME -> MaxPooling.from(doc);
      case Reshape.NAME -> Reshape.from(doc);
      case Flatten.NAME -> new Flatten();
      default -> Activation.of(layer);
    };
  }

  /** Starts the document of a layer. */
  static Value.Doc.Builder named(String name) {
    return Value.doc().put(LAYER, name);
  }

  /** Returns the document that describes this layer. */
  abstract Value.Doc toValue();

  /**
   * Returns the shape of what comes out for one example.
   *
   * @throws IllegalArgumentException if this layer cannot take such an input; the message says what
   *     it needs
   */
  abstract ArrayShape output(ArrayShape input);

  /** Returns what training has to find, in the order in which {@link #forward} takes it. */
  List<ParameterShape> parameters(ArrayShape input) {
    return List.of();
  }

  /**
   * Computes this layer for some examples.
   *
   * @param input the examples, one after another
   * @param parameters what {@link #parameters} asks for
   */
  abstract PtNDArray forward(PtNDArray input, List<PtNDArray> parameters);

  @Override
  public final boolean equals(Object object) {
    return object instanceof Layer other && toValue().equals(other.toValue());
  }

  @Override
  public final int hashCode() {
    return toValue().hashCode();
  }
}
