package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.Layer.conv2d;
import static dev.mlstack.train.torch.Layer.dense;
import static dev.mlstack.train.torch.Layer.flatten;
import static dev.mlstack.train.torch.Layer.maxPool2d;
import static dev.mlstack.train.torch.Layer.relu;
import static dev.mlstack.train.torch.Layer.reshape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.model.Models;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Networks and trainers as applications write them. */
@ExtendWith(NativeMemory.class)
class NetworkUseTest {

  @Test
  void imageClassifier_isWatchedOnValidationRows() {
    var trainer =
        NeuralNetwork.of(
                Network.of(
                    reshape(1, 8, 8),
                    conv2d(16, 3),
                    relu(),
                    maxPool2d(2),
                    conv2d(32, 3),
                    relu(),
                    maxPool2d(2),
                    flatten(),
                    dense(64),
                    relu()))
            .withEpochs(20)
            .withPatience(3);
    RealData digits = RealData.digits();
    Examples train = digits.pixels(1, /* train= */ true);
    Examples test = digits.pixels(1, /* train= */ false);
    TrainingContext context = TrainingContext.of(train, 1).withValidation(test);
    try (Training training = trainer.start(context)) {
      training.advance(Budget.units(1));
      assertThat(training.progress().measures()).containsKey("validation-loss");
    }
  }

  @Test
  void networks_haveTheirLayers() {
    assertThat(
            Network.of(
                    reshape(1, 8, 8),
                    conv2d(16, 3),
                    relu(),
                    maxPool2d(2),
                    conv2d(32, 3),
                    relu(),
                    flatten(),
                    dense(64),
                    relu())
                .layers())
        .hasSize(9);
    assertThat(Network.mlp(64, 32).layers()).hasSize(4);
  }

  @Test
  void trainerWithPatience_trainsAndItsModelIsFound() {
    Examples examples = TestExamples.random(100, 1, TestExamples.SICK);
    TrainingContext context =
        TrainingContext.of(examples, 1)
            .withValidation(TestExamples.random(50, 2, TestExamples.SICK));
    NeuralNetwork trainer =
        NeuralNetwork.of(Network.mlp(128, 64)).withEpochs(20).withBatchSize(256).withPatience(3);
    StoredObjects objects = new StoredObjects();
    try (Training training = trainer.start(context)) {
      training.advance(Budget.unlimited());
      try (Model model = training.model()) {
        Digest digest = model.writeTo(objects);
        try (Model loaded = Models.load(objects, digest)) {
          assertThat(loaded.toString())
              .isEqualTo("torch-network/1 of [sick] " + digest.abbreviated())
              .isEqualTo(model.toString());
        }
      }
    }
  }
}
