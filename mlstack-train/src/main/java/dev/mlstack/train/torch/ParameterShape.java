package dev.mlstack.train.torch;

/**
 * An array of numbers of a layer that training has to find.
 *
 * @param name what it is to its layer: {@code weight} or {@code bias}
 * @param shape its shape
 * @param fanIn of how many inputs each output is a weighted sum, for weights; 0 for biases
 */
record ParameterShape(String name, ArrayShape shape, int fanIn) {

  static ParameterShape weight(ArrayShape shape, int fanIn) {
    return new ParameterShape("weight", shape, fanIn);
  }

  static ParameterShape bias(int size) {
    return new ParameterShape("bias", ArrayShape.of(size), 0);
  }
}
