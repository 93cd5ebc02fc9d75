package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.Layer.conv2d;
import static dev.mlstack.train.torch.Layer.dense;
import static dev.mlstack.train.torch.Layer.flatten;
import static dev.mlstack.train.torch.Layer.maxPool2d;
import static dev.mlstack.train.torch.Layer.relu;
import static dev.mlstack.train.torch.Layer.reshape;
import static dev.mlstack.train.torch.TestExamples.COLOR;
import static dev.mlstack.train.torch.TestExamples.PLACE;
import static dev.mlstack.train.torch.TestExamples.PRICE;
import static dev.mlstack.train.torch.TestExamples.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.json.Json;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final Network CONVOLUTIONAL =
      Network.of(
          reshape(1, 8, 8),
          conv2d(16, 3),
          relu(),
          maxPool2d(2),
          conv2d(32, 3, 0),
          relu(),
          flatten(),
          dense(64),
          relu());

  @Test
  void mlp_isDenseLayersWithRectifiers() {
    assertThat(Network.mlp(64, 32))
        .isEqualTo(Network.of(dense(64), relu(), dense(32), relu()))
        .hasToString("dense(64), relu(), dense(32), relu()");
    assertThat(Network.mlp()).isEqualTo(Network.of());
  }

  @Test
  void document_describesTheNetwork() {
    String json = CONVOLUTIONAL.toValue().canonicalJson();
    assertThat(Network.fromValue(Json.parse(json)))
        .isEqualTo(CONVOLUTIONAL)
        .hasSameHashCodeAs(CONVOLUTIONAL)
        .isNotEqualTo(Network.mlp(64));
  }

  @Test
  void plan_findsTheShapesOfAllParameters() {
    NetworkPlan plan = NetworkPlan.of(CONVOLUTIONAL, signature(64, COLOR, PRICE, PLACE));
    assertThat(plan.parameters())
        .extracting(parameter -> parameter.name() + " " + parameter.shape())
        .containsExactly(
            "1.weight 16x1x3x3",
            "1.bias 16",
            "4.weight 32x16x3x3",
            "4.bias 32",
            "7.weight 64x128",
            "7.bias 64",
            "head.weight 6x64",
            "head.bias 6");
    int count = 16 * 9 + 16 + 32 * 16 * 9 + 32 + 64 * 128 + 64 + 6 * 64 + 6;
    assertThat(plan.parameterCount()).isEqualTo(count);
    int end = 0;
    for (Parameter parameter : plan.parameters()) {
      assertThat(parameter.offset()).isEqualTo(end);
      end = parameter.end();
    }
    assertThat(end).isEqualTo(count);
  }

  @Test
  void plan_whereShapesDoNotFit_namesTheLayerAndTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkPlan.of(Network.of(reshape(1, 8, 8)), signature(60, COLOR)))
        .withMessageContaining("layer 0")
        .withMessageContaining("reshape(1, 8, 8)")
        .withMessageContaining("shape 60")
        .withMessageContaining("needs 64 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkPlan.of(Network.of(relu(), conv2d(4, 3)), signature(64, COLOR)))
        .withMessageContaining("layer 1")
        .withMessageContaining("put reshape(channels, height, width) before it");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NetworkPlan.of(Network.of(reshape(1, 4, 4), dense(3)), signature(16, COLOR)))
        .withMessageContaining("layer 1")
        .withMessageContaining("shape 1x4x4")
        .withMessageContaining("put flatten() before it");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NetworkPlan.of(Network.of(reshape(1, 2, 8), conv2d(3, 5, 0)), signature(16, COLOR)))
        .withMessageContaining("kernel of 5 is larger");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NetworkPlan.of(Network.of(reshape(1, 2, 8), maxPool2d(4)), signature(16, COLOR)))
        .withMessageContaining("squares of 4 are larger");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkPlan.of(Network.of(reshape(1, 4, 4)), signature(16, COLOR)))
        .withMessageContaining("the head")
        .withMessageContaining("put flatten() before it");
  }

  @Test
  void layers_ofImpossibleSizes_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense(0))
        .withMessage("units must be at least 1 but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conv2d(8, 4))
        .withMessageContaining("kernel must be odd")
        .withMessageContaining("but was 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conv2d(8, 3, -1))
        .withMessage("padding must be at least 0 but was -1");
    assertThatIllegalArgumentException().isThrownBy(() -> maxPool2d(0));
    assertThatIllegalArgumentException().isThrownBy(() -> reshape());
    assertThatIllegalArgumentException().isThrownBy(() -> reshape(1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reshape(1 << 16, 1 << 16))
        .withMessageContaining("at most");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.fromValue(Json.parse("[{\"layer\":\"sigmoid\"}]")))
        .withMessageContaining("sigmoid");
  }

  @Test
  void networks_beyondMeasure_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkPlan.of(Network.mlp(50_000, 50_000), signature(9, COLOR)))
        .withMessageContaining("at most");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkPlan.of(Network.mlp(30_000, 60_000, 30_000), signature(9, COLOR)))
        .withMessageContaining("at most");
  }

  @Test
  void initialParameters_haveTheVarianceOfHe() {
    NetworkPlan plan = NetworkPlan.of(Network.mlp(400), signature(300, COLOR));
    float[] numbers = plan.initialParameters(5);
    Parameter weight = plan.parameters().get(0);
    double squares = 0;
    for (int i = weight.offset(); i < weight.end(); i++) {
      squares += numbers[i] * numbers[i];
    }
    assertThat(squares / weight.size()).isCloseTo(2.0 / 300, within(1e-4));
    Parameter head = plan.parameters().get(2);
    for (int i = head.offset(); i < head.end(); i++) {
      assertThat(Math.abs(numbers[i])).isLessThanOrEqualTo((float) Math.sqrt(3.0 / 400));
    }
    Parameter bias = plan.parameters().get(1);
    assertThat(Arrays.copyOfRange(numbers, bias.offset(), bias.end())).containsOnly(0);
  }

  @Test
  void initialParameters_areAFunctionOfTheSeedAndTheirNames() {
    NetworkPlan small = NetworkPlan.of(Network.mlp(8), signature(4, COLOR));
    assertThat(small.initialParameters(1)).isEqualTo(small.initialParameters(1));
    assertThat(small.initialParameters(1)).isNotEqualTo(small.initialParameters(2));
    NetworkPlan deep = NetworkPlan.of(Network.mlp(8, 8), signature(4, COLOR));
    assertThat(Arrays.copyOf(deep.initialParameters(1), 32))
        .isEqualTo(Arrays.copyOf(small.initialParameters(1), 32));
  }
}
