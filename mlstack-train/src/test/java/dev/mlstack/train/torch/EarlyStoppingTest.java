package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.TestExamples.SICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.model.ValidationLoss;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trainings that watch validation examples, on few examples, which are soon learned by heart. */
@ExtendWith(NativeMemory.class)
class EarlyStoppingTest {

  private static final Examples VALIDATION = TestExamples.random(300, 2, SICK);

  private static final TrainingContext CONTEXT =
      TrainingContext.of(TestExamples.random(30, 1, SICK), 1).withValidation(VALIDATION);

  private static final NeuralNetwork TRAINER =
      NeuralNetwork.of(Network.mlp(32))
          .withEpochs(500)
          .withBatchSize(8)
          .withLearningRate(0.01)
          .withPatience(5);

  private static double validationLoss(Progress progress) {
    return Objects.requireNonNull(progress.measures().get("validation-loss"));
  }

  @Test
  void training_endsWhenNothingGetsBetter_andGivesTheBest() {
    double best = Double.POSITIVE_INFINITY;
    long bestEpoch = 0;
    try (Training training = TRAINER.start(CONTEXT)) {
      while (!training.done()) {
        Progress progress = training.advance(Budget.units(1));
        if (validationLoss(progress) < best) {
          best = validationLoss(progress);
          bestEpoch = progress.done();
        }
      }
      assertThat(training.progress().done()).isEqualTo(bestEpoch + 5).isLessThan(500);
      try (Model model = training.model()) {
        assertThat(ValidationLoss.of(model, VALIDATION, Execution.here()))
            .isCloseTo(best, within(1e-5));
      }
    }
  }

  @Test
  void resume_afterAnyEpoch_givesTheSameModel() {
    StoredObjects objects = new StoredObjects();
    List<Digest> checkpoints = new ArrayList<>();
    try (Training training = TRAINER.start(CONTEXT)) {
      while (!training.done()) {
        checkpoints.add(training.checkpoint(objects));
        training.advance(Budget.units(1));
      }
      checkpoints.add(training.checkpoint(objects));
      for (Digest checkpoint : checkpoints) {
        try (Training resumed = TRAINER.resume(CONTEXT, objects, checkpoint)) {
          assertThat(resumed.checkpoint(new StoredObjects())).isEqualTo(checkpoint);
          assertThat(resumed.advance(Budget.unlimited())).isEqualTo(training.progress());
          assertThat(digest(resumed)).isEqualTo(digest(training));
        }
      }
    }
  }

  @Test
  void resume_withOtherValidationExamples_isRefusedOnceThereIsABest() {
    TrainingContext other = CONTEXT.withValidation(TestExamples.random(300, 3, SICK));
    StoredObjects objects = new StoredObjects();
    try (Training training = TRAINER.start(CONTEXT)) {
      Digest before = training.checkpoint(objects);
      TRAINER.resume(other, objects, before).close();
      training.advance(Budget.units(1));
      Digest after = training.checkpoint(objects);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TRAINER.resume(other, objects, after).close())
          .withMessageContaining("validation examples")
          .withMessageContaining(VALIDATION.digest().hex());
    }
  }

  @Test
  void resume_withoutPatience_goesOnToTheEndAndGivesTheLast() {
    StoredObjects objects = new StoredObjects();
    NeuralNetwork impatient = TRAINER.withPatience(0).withEpochs(60);
    try (Training training = TRAINER.withEpochs(60).start(CONTEXT);
        Training reference = impatient.start(CONTEXT)) {
      training.advance(Budget.unlimited());
      Digest checkpoint = training.checkpoint(objects);
      reference.advance(Budget.unlimited());
      try (Training resumed = impatient.resume(CONTEXT, objects, checkpoint)) {
        assertThat(resumed.done()).isFalse();
        resumed.advance(Budget.unlimited());
        assertThat(resumed.progress()).isEqualTo(reference.progress());
        assertThat(digest(resumed)).isEqualTo(digest(reference));
      }
    }
  }

  private static Digest digest(Training training) {
    try (Model model = training.model()) {
      return model.digest();
    }
  }
}
