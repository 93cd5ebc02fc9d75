package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTrainingTest {

  private static final Examples EXAMPLES = ExampleData.numbers(5000);

  private static MeanTrainer trainer(double rate) {
    return new MeanTrainer(rate, 10, /* endless= */ false);
  }

  private static TrainingContext context() {
    return TrainingContext.of(EXAMPLES, 1);
  }

  @Test
  void advance_findsWhatTheLearnerFinds() {
    try (Training training = trainer(1).start(context())) {
      Progress progress = training.advance(Budget.units(2));
      assertThat(progress.task()).isEqualTo("train mean/1");
      assertThat(progress.done()).isEqualTo(2);
      assertThat(progress.total()).isEqualTo(10);
      assertThat(progress.measures().get("answer")).isCloseTo(2499.5, within(1e-9));
    }
  }

  @Test
  void progress_ofAnEndlessLearner_hasNoTotal() {
    MeanTrainer endless = new MeanTrainer(1, 10, /* endless= */ true);
    try (Training training = endless.start(context())) {
      assertThat(training.progress().total()).isEqualTo(Progress.UNKNOWN);
    }
  }

  @Test
  void advance_withTheShortestTime_doesOneUnit() {
    try (Training training = trainer(1).start(context())) {
      assertThat(training.advance(Budget.time(Duration.ofNanos(1))).done()).isEqualTo(1);
    }
  }

  @Test
  void advance_withValidation_watchesTheirLoss() {
    Examples validation = ExampleData.numbers(3);
    try (Training training = trainer(1).start(context().withValidation(validation))) {
      assertThat(training.progress().measures().get("validation-loss"))
          .isCloseTo((0 + 1 + 4) / 3.0, within(1e-12));
      training.advance(Budget.units(1));
      double far = 2499.5;
      assertThat(training.progress().measures().get("validation-loss"))
          .isCloseTo((far * far + (far - 1) * (far - 1) + (far - 2) * (far - 2)) / 3, within(1e-6));
    }
  }

  @Test
  void validation_changesNeitherModelNorCheckpoint() {
    try (Training plain = trainer(0.5).start(context());
        Training watched = trainer(0.5).start(context().withValidation(ExampleData.numbers(3)))) {
      plain.advance(Budget.units(3));
      watched.advance(Budget.units(3));
      assertThat(watched.model()).isEqualTo(plain.model());
      assertThat(watched.checkpoint(StoredObject::digest))
          .isEqualTo(plain.checkpoint(StoredObject::digest));
    }
  }

  @Test
  void validation_withoutExamples_isNotMeasured() {
    try (Training training = trainer(1).start(context().withValidation(ExampleData.numbers(0)))) {
      assertThat(training.advance(Budget.units(1)).measures()).containsOnlyKeys("answer");
    }
  }

  @Test
  void validation_ofAnotherSignature_isRefused() {
    Examples other = ExampleData.builder(ExampleData.signature(2, ExampleData.NUMBER)).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(1).start(context().withValidation(other)))
        .withMessageContaining("the validation examples must have the signature")
        .withMessageContaining("encode both with the same pipeline and label");
  }

  @Test
  void start_withoutExamples_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(1).start(TrainingContext.of(ExampleData.numbers(0), 1)))
        .withMessageContaining("there must be examples to train on but there is none");
  }

  @Test
  void advance_thatDiverges_staysAfterTheLastWholeUnit() {
    try (Training training = trainer(1000).start(context())) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> training.advance(Budget.unlimited()))
          .withMessageContaining("lower the rate");
      assertThat(training.progress().done()).isZero();
      assertThat(training.progress().measures()).containsEntry("answer", 0.0);
    }
  }

  @Test
  void advance_reportsTheFirstAndTheLastUnit() {
    List<Progress> heard = new ArrayList<>();
    TrainingContext context = context().withExecution(Execution.here().withListener(heard::add));
    try (Training training = trainer(0.5).start(context)) {
      training.advance(Budget.unlimited());
      assertThat(heard.get(0).done()).isEqualTo(1);
      assertThat(heard.get(heard.size() - 1)).isEqualTo(training.progress());
    }
  }

  @Test
  void resume_ofAnotherAlgorithm_namesBoth() {
    MemoryStore store = new MemoryStore();
    Digest checkpoint = checkpoint(store);
    Digest state = store.get(checkpoint).requireTarget("state");
    StoredObject other =
        StoredObject.of(
            ObjectKind.CONTENT,
            Checkpoint.TYPE,
            List.of(Edge.holds("state", state)),
            store
                .get(checkpoint)
                .payloadText()
                .replace("mean/1", "median/1")
                .getBytes(StandardCharsets.UTF_8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(0.5).resume(context(), digest -> other, other.digest()))
        .withMessage(
            "the training cannot go on: the operation of the checkpoint is median/1 but that of the"
                + " training is mean/1");
  }

  @Test
  void resume_namesTheParameterThatDiffers() {
    MemoryStore store = new MemoryStore();
    Digest checkpoint = checkpoint(store);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(0.25).resume(context(), store, checkpoint))
        .withMessageEndingWith(
            "the parameter rate of the checkpoint is 0.5 but that of the training is 0.25");
  }

  @Test
  void resume_ofAStateThatIsNone_isRefused() {
    MemoryStore store = new MemoryStore();
    Digest checkpoint = checkpoint(store);
    Digest state = store.get(checkpoint).requireTarget("state");
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> trainer(0.5).resume(context(), store, state))
        .withMessageContaining("a checkpoint/1 was expected");
  }

  private static Digest checkpoint(MemoryStore store) {
    try (Training training = trainer(0.5).start(context());
        Batch batch = store.batch()) {
      training.advance(Budget.units(2));
      Digest checkpoint = training.checkpoint(batch);
      batch.commit();
      return checkpoint;
    }
  }

  @Test
  void checkpoint_isFrozen() {
    try (Training training = trainer(0.5).start(TrainingContext.of(ExampleData.numbers(2), 7))) {
      training.advance(Budget.units(1));
      List<String> payloads = new ArrayList<>();
      training.checkpoint(
          object -> {
            payloads.add(object + " " + object.payloadText());
            return object.digest();
          });
      assertThat(payloads)
          .containsExactly(
              "content mean-state/1 349341e53915 {\"answer\":0.25,\"step\":1}",
              "content checkpoint/1 fb1fcd17077e {\"examples\":"
                  + "\"c2c8c078a62b78a697d3629ccc539ab409707bb5485ec7ac68aba543ea0c2bd9\","
                  + "\"operation\":\"mean/1\",\"parameters\":{\"rate\":0.5,\"steps\":10},"
                  + "\"seed\":7}");
    }
  }
}
