package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void constant_neverChanges() {
    LearningRate rate = LearningRate.constant(0.01);
    assertThat(rate.at(0)).isEqualTo(0.01);
    assertThat(rate.at(0.99)).isEqualTo(0.01);
  }

  /** As {@code torch.optim.lr_scheduler.CosineAnnealingLR} with {@code eta_min=0}. */
  @Test
  void cosine_fallsFromTheFirstRateToZero() {
    LearningRate rate = LearningRate.cosine(0.01);
    assertThat(rate.at(0)).isEqualTo(0.01);
    assertThat(rate.at(1.0 / 3)).isCloseTo(0.0075, within(1e-12));
    assertThat(rate.at(0.5)).isCloseTo(0.005, within(1e-12));
    assertThat(rate.at(1)).isEqualTo(0);
    for (double progress = 0; progress < 1; progress += 1.0 / 1024) {
      double expected = 0.01 * (1 + StrictMath.cos(Math.PI * progress)) / 2;
      assertThat(rate.at(progress)).isCloseTo(expected, within(1e-17));
    }
  }

  @Test
  void rates_thatArePointless_areRefused() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LearningRate.constant(rate))
          .withMessageContaining("learning rate must be positive and finite but was " + rate);
      assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.cosine(rate));
    }
  }

  @Test
  void documents_differ() {
    assertThat(LearningRate.constant(0.1).toValue().canonicalJson())
        .isEqualTo("{\"rate\":0.1,\"schedule\":\"constant\"}");
    assertThat(LearningRate.cosine(0.1).toValue().canonicalJson())
        .isEqualTo("{\"rate\":0.1,\"schedule\":\"cosine\"}");
  }
}
