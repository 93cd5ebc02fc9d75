package dev.mlstack.train.torch;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.store.Value;

/**
 * An array of numbers that training finds, and where it stands among all of them.
 *
 * @param name the index of its layer or {@code head}, a dot, and what it is to the layer, as in
 *     {@code 0.weight}
 * @param shape its shape
 * @param offset the index of its first number among the numbers of all parameters
 * @param spread at first, its numbers are between {@code -spread} and {@code spread}; 0 for biases
 */
record Parameter(String name, ArrayShape shape, int offset, double spread) {

  /** Returns how many numbers it has. */
  int size() {
    return shape.size();
  }

  /** Returns the index after its last number. */
  int end() {
    return offset + size();
  }

  /** Tells whether it multiplies inputs; a bias does not. */
  boolean isWeight() {
    return spread > 0;
  }

  /** Puts the numbers with which training begins into an array of all numbers, which are 0. */
  void initialise(float[] values, RandomStream stream) {
    if (!isWeight()) {
      return;
    }
    RandomStream own = stream.child(name);
    for (int i = 0; i < size(); i++) {
      values[offset + i] = (float) ((2 * own.uniform(i) - 1) * spread);
    }
  }

  /** Returns the document that describes this parameter. */
  Value.Doc toValue() {
    return Value.doc().put("name", name).put("shape", Value.ofWholes(shape.sizes())).build();
  }
}
