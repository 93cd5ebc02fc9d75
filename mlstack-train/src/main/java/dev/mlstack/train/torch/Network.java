package dev.mlstack.train.torch;

import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a neural network: its layers from the features to the last hidden one. Immutable,
 * and free of numbers that training finds.
 *
 * <pre>{@code
 * Network.mlp(64, 32)
 * Network.of(
 *     reshape(1, 8, 8), conv2d(16, 3), relu(), maxPool2d(2), conv2d(32, 3), relu(),
 *     flatten(), dense(64), relu())
 * }</pre>
 *
 * <p>What stands behind the last layer follows from what is predicted, and is added when training
 * starts: a dense layer with one unit for each class, for a quantity, and for each number of an
 * array. Shapes are found and checked then, too.
 */
public final class Network {

  private final List<Layer> layers;

  private Network(List<Layer> layers) {
    this.layers = List.copyOf(layers);
  }

  /**
   * Returns the network of the given layers. Without any, it is a linear model.
   *
   * @param layers from the features on
   */
  public static Network of(Layer... layers) {
    return new Network(List.of(layers));
  }

  /**
   * Returns a multilayer perceptron: dense layers, each with a rectifier behind it.
   *
   * @param units the number of units of each layer, from the features on
   */
  public static Network mlp(int... units) {
    List<Layer> layers = new ArrayList<>();
    for (int count : units) {
      layers.add(Layer.dense(count));
      layers.add(Layer.relu());
    }
    return new Network(layers);
  }

  /**
   * Returns the network that a document describes.
   *
   * @throws IllegalArgumentException if it describes none
   */
  public static Network fromValue(Value value) {
    return new Network(value.asItems().stream().map(Layer::fromValue).toList());
  }

  /** Returns the list of documents that describes this network. */
  public Value toValue() {
    return Value.of(layers.stream().map(Layer::toValue).toList());
  }

  /** Returns the layers, from the features on. */
  public List<Layer> layers() {
    return layers;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Network other && layers.equals(other.layers);
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  /** Returns the layers, as they are written in code. */
  @Override
  public String toString() {
    return layers.stream().map(Layer::toString).collect(Collectors.joining(", "));
  }
}
