package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.mlstack.compute.RandomStream;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A network whose shapes are known: its layers with their parameters, and the dense layer behind
 * them that gives the numbers of the outputs.
 *
 * <p>All parameters stand in one array, layer by layer, weights before biases, each with its last
 * dimension fastest.
 */
final class NetworkPlan {

  /**
   * He's gain for layers with a rectifier behind them (K. He, X. Zhang, S. Ren and J. Sun, "Delving
   * deep into rectifiers", ICCV 2015, section 2.2); close to the best for other functions too.
   */
  private static final double HIDDEN_GAIN = Math.sqrt(2);

  private static final double HEAD_GAIN = 1;

  private final List<PlannedLayer> layers;
  private final int parameterCount;

  private record PlannedLayer(Layer layer, List<Parameter> parameters) {}

  private NetworkPlan(List<PlannedLayer> layers, int parameterCount) {
    this.layers = List.copyOf(layers);
    this.parameterCount = parameterCount;
  }

  /**
   * Finds the shapes.
   *
   * @throws IllegalArgumentException if a layer cannot take what the one before it gives; the
   *     message names the layer and the shape
   */
  static NetworkPlan of(Network network, Signature signature) {
    Planner planner = new Planner(ArrayShape.of(signature.width()));
    for (int i = 0; i < network.layers().size(); i++) {
      planner.add(network.layers().get(i), "layer " + i, String.valueOf(i), HIDDEN_GAIN);
    }
    planner.add(Layer.dense(signature.outputWidth()), "the head", "head", HEAD_GAIN);
    return new NetworkPlan(planner.layers, planner.offset);
  }

  /** Returns all parameters, in order. */
  List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** Returns how many numbers all parameters have. */
  int parameterCount() {
    return parameterCount;
  }

  /** Returns the numbers with which training begins: uniform, with He's variance. */
  float[] initialParameters(long seed) {
    RandomStream stream = RandomStream.of(seed, "initial parameters");
    float[] values = new float[parameterCount];
    parameters().forEach(parameter -> parameter.initialise(values, stream));
    return values;
  }

  /**
   * Computes the network.
   *
   * @param input examples by features
   * @param parameters an array for each of {@link #parameters()}
   * @return examples by numbers of the outputs
   */
  PtNDArray forward(PtNDArray input, List<PtNDArray> parameters) {
    PtNDArray last = input;
    int at = 0;
    for (PlannedLayer planned : layers) {
      int count = planned.parameters().size();
      last = planned.layer().forward(last, parameters.subList(at, at + count));
      at += count;
    }
    return last;
  }

  /** Returns the list of documents that describes the parameters. */
  Value toValue() {
    return Value.of(parameters().stream().map(Parameter::toValue).toList());
  }

  /** Follows the shape of an example from layer to layer. */
  private static final class Planner {
    private final List<PlannedLayer> layers = new ArrayList<>();
    private ArrayShape shape;
    private int offset;

    private Planner(ArrayShape input) {
      shape = input;
    }

    private void add(Layer layer, String place, String name, double gain) {
      ArrayShape output = output(layer, place);
      List<Parameter> parameters = new ArrayList<>();
      for (ParameterShape wanted : layer.parameters(shape)) {
        double spread = wanted.fanIn() == 0 ? 0 : gain * Math.sqrt(3.0 / wanted.fanIn());
        parameters.add(new Parameter(name + "." + wanted.name(), wanted.shape(), offset, spread));
        offset = end(offset, wanted.shape().size());
      }
      layers.add(new PlannedLayer(layer, List.copyOf(parameters)));
      shape = output;
    }

    private static int end(int offset, int size) {
      if (size > Integer.MAX_VALUE - offset) {
        throw new IllegalArgumentException(
            "a network must have at most " + Integer.MAX_VALUE + " numbers to find but has more");
      }
      return offset + size;
    }

    private ArrayShape output(Layer layer, String place) {
      try {
        return layer.output(shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            place
                + " of the network, "
                + layer
                + ", cannot take an input of shape "
                + shape
                + ": "
                + e.getMessage(),
            e);
      }
    }
  }
}
