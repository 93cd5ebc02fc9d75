package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.Layer.conv2d;
import static dev.mlstack.train.torch.Layer.dense;
import static dev.mlstack.train.torch.Layer.flatten;
import static dev.mlstack.train.torch.Layer.maxPool2d;
import static dev.mlstack.train.torch.Layer.relu;
import static dev.mlstack.train.torch.Layer.reshape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How good networks get on real data, as a mean over splits. */
@ExtendWith(NativeMemory.class)
class NeuralNetworkOnRealDataTest {

  private static final boolean EXHAUSTIVE = Boolean.getBoolean("mlstack.exhaustive");

  @Test
  void defaults_onBreastCancer_reachAnAucOf99Percent() {
    RealData data = RealData.breastCancer();
    double auc =
        LongStream.range(0, EXHAUSTIVE ? 20 : 8)
            .mapToDouble(
                seed ->
                    trained(
                        NeuralNetwork.defaults(),
                        data.standardised(seed, true),
                        data.standardised(seed, false),
                        seed,
                        Scores::auc))
            .average()
            .orElseThrow();
    assertThat(auc).isGreaterThan(0.99);
  }

  @Test
  void smallConvolutionalNetwork_onDigits_isRightIn97PercentOrMore() {
    RealData data = RealData.digits();
    Network network =
        Network.of(
            reshape(1, 8, 8),
            conv2d(32, 3),
            relu(),
            maxPool2d(2),
            conv2d(64, 3),
            relu(),
            maxPool2d(2),
            flatten(),
            dense(64),
            relu());
    NeuralNetwork trainer =
        NeuralNetwork.of(network).withEpochs(20).withLearningRate(LearningRate.cosine(3e-3));
    double accuracy =
        LongStream.range(0, EXHAUSTIVE ? 10 : 1)
            .mapToDouble(
                seed ->
                    trained(
                        trainer,
                        data.pixels(seed, true),
                        data.pixels(seed, false),
                        seed,
                        Scores::accuracy))
            .average()
            .orElseThrow();
    assertThat(accuracy).isGreaterThan(EXHAUSTIVE ? 0.985 : 0.97);
  }

  private static double trained(
      NeuralNetwork trainer,
      Examples train,
      Examples test,
      long seed,
      ToDoubleFunction<Scores> measure) {
    try (Training training = trainer.start(TrainingContext.of(train, seed))) {
      training.advance(Budget.unlimited());
      try (Model model = training.model()) {
        return measure.applyAsDouble(Scores.of(model, test));
      }
    }
  }
}
