package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.Oracle.assertClose;
import static dev.mlstack.train.torch.Oracle.grid;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Device;
import dev.mlstack.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer against PyTorch 2.13 in Python, with the numbers of {@link Oracle}. */
@ExtendWith(NativeMemory.class)
class LayerTest {

  static List<Layer> all() {
    return List.of(
        Layer.dense(3),
        Layer.relu(),
        Layer.tanh(),
        Layer.gelu(),
        Layer.reshape(1, 8, 8),
        Layer.flatten(),
        Layer.conv2d(16, 3),
        Layer.conv2d(16, 4, 0),
        Layer.maxPool2d(2));
  }

  @ParameterizedTest
  @MethodSource("all")
  void document_ofEachLayer_describesIt(Layer layer) {
    String json = layer.toValue().canonicalJson();
    assertThat(Layer.fromValue(Json.parse(json))).isEqualTo(layer).hasSameHashCodeAs(layer);
    assertThat(all().stream().filter(layer::equals)).hasSize(1);
    assertThat(layer.toString()).matches("[a-zA-Z0-9]+\\([0-9, ]*\\)");
  }

  /** {@code F.linear(x, grid(12, 5, 13, 8).reshape(4, 3), grid(4, 3, 7, 2))}. */
  @Test
  void dense_computesWeightedSums() {
    assertThat(
            forward(
                Layer.dense(4),
                grid(6, 7, 11, 4),
                ArrayShape.of(3),
                grid(12, 5, 13, 8),
                grid(4, 3, 7, 2)))
        .containsExactly(-0.875f, 0.3125f, 2.3125f, 0.0f, -2.84375f, -1.15625f, 1.75f, -0.0625f);
  }

  /** {@code F.conv2d(x, grid(54, 5, 13, 8).reshape(3, 2, 3, 3), grid(3, 3, 7, 2))}. */
  @Test
  void convolution_withoutPadding_givesSmallerImages() {
    assertThat(
            forward(
                Layer.conv2d(3, 3, 0),
                grid(80, 7, 11, 4),
                ArrayShape.of(2, 4, 5),
                grid(54, 5, 13, 8),
                grid(3, 3, 7, 2)))
        .containsExactly(
            -1.46875f, -1.75f, -1.6875f, -2.875f, -1.78125f, 2.0625f, -1.28125f, -0.5f, 0.625f,
            -1.5f, 1.0f, 1.4375f, 1.34375f, 0.34375f, 4.15625f, 1.5f, 2.5625f, 1.21875f, 2.0625f,
            -2.34375f, -3.3125f, -1.75f, -1.6875f, -3.34375f, 1.4375f, -1.5625f, -1.46875f, -0.5f,
            0.625f, 0.03125f, 1.21875f, 1.25f, -0.4375f, 0.34375f, 4.15625f, 1.78125f);
  }

  /** The same with {@code padding=1}; the first channel of the first image. */
  @Test
  void convolution_withPadding_keepsTheSize() {
    assertThat(
            forward(
                Layer.conv2d(3, 3),
                grid(80, 7, 11, 4),
                ArrayShape.of(2, 4, 5),
                grid(54, 5, 13, 8),
                grid(3, 3, 7, 2)))
        .hasSize(2 * 3 * 4 * 5)
        .startsWith(
            -3.3125f, 0.3125f, 0.9375f, -3.25f, -0.5625f, 0.4375f, -1.46875f, -1.75f, -1.6875f,
            -2.21875f, 0.4375f, -2.875f, -1.78125f, 2.0625f, -2.375f, -3.3125f, -0.90625f, 0.15625f,
            -2.90625f, -2.03125f);
  }

  /** {@code F.max_pool2d(x, 2)}. */
  @Test
  void maxPooling_keepsTheGreatestAndDropsTheEdge() {
    assertThat(forward(Layer.maxPool2d(2), grid(80, 7, 11, 4), ArrayShape.of(2, 4, 5)))
        .containsExactly(
            1.0f, 1.25f, 0.25f, 1.0f, 1.25f, 1.0f, 1.25f, 0.25f, 0.5f, 1.25f, 1.0f, 1.25f, 1.0f,
            0.5f, 0.75f, 1.0f);
  }

  @Test
  void relu_dropsWhatIsNegative() {
    assertThat(forward(Layer.relu(), grid(9, 7, 11, 4), ArrayShape.of(3)))
        .containsExactly(0f, 0.5f, 0f, 1.25f, 0.25f, 0f, 1f, 0f, 0f);
  }

  /** {@code torch.tanh(grid(9, 7, 11, 2.2))}. */
  @Test
  void tanh_isTheHyperbolicTangent() {
    assertClose(
        forward(Layer.tanh(), grid(9, 7, 11, 2.2), ArrayShape.of(3)),
        1e-6,
        -0.97899228,
        0.72069567,
        -0.72069567,
        0.97899228,
        0.42562822,
        -0.8772338,
        0.94865686,
        0,
        -0.94865686);
  }

  /** {@code F.gelu(grid(9, 7, 11, 2.2))}. */
  @Test
  void gelu_isTheExactOne() {
    assertClose(
        forward(Layer.gelu(), grid(9, 7, 11, 2.2), ArrayShape.of(3)),
        1e-6,
        -0.02618466,
        0.74395353,
        -0.16513735,
        2.2465427,
        0.30694631,
        -0.11773776,
        1.7554215,
        0,
        -0.06276033);
  }

  @Test
  void reshapeAndFlatten_changeNoNumber() {
    float[] numbers = grid(24, 7, 11, 4);
    assertThat(forward(Layer.reshape(3, 4), numbers, ArrayShape.of(12))).isEqualTo(numbers);
    assertThat(forward(Layer.flatten(), numbers, ArrayShape.of(2, 3, 2))).isEqualTo(numbers);
  }

  /** Returns what a layer gives for as many examples as the numbers make. */
  private static float[] forward(
      Layer layer, float[] input, ArrayShape shape, float[]... parameters) {
    long rows = input.length / shape.size();
    List<ParameterShape> shapes = layer.parameters(shape);
    try (PtNDManager manager = TorchRuntime.newManager(Device.CPU)) {
      List<PtNDArray> arrays = new ArrayList<>();
      for (int i = 0; i < parameters.length; i++) {
        long[] size = shapes.get(i).shape().toArray();
        arrays.add(NativeArrays.create(manager, parameters[i], size));
      }
      PtNDArray in = NativeArrays.create(manager, input, shape.withLeading(rows));
      PtNDArray out = layer.forward(in, arrays);
      assertThat(out.getShape().getShape()).isEqualTo(layer.output(shape).withLeading(rows));
      float[] numbers = new float[Math.toIntExact(out.size())];
      NativeArrays.read(out, numbers, 0);
      return numbers;
    }
  }
}
