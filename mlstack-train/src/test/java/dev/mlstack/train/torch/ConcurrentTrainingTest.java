package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.TestExamples.COLOR;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trainings do not depend on what else goes on in the JVM. */
@ExtendWith(NativeMemory.class)
class ConcurrentTrainingTest {

  private static final Examples EXAMPLES = TestExamples.random(300, 1, COLOR);

  private static Digest train(NeuralNetwork trainer, long seed) {
    try (Training training = trainer.start(TrainingContext.of(EXAMPLES, seed))) {
      training.advance(Budget.unlimited());
      try (Model model = training.model()) {
        return model.digest();
      }
    }
  }

  private static NeuralNetwork trainer(int kind) {
    return NeuralNetwork.of(kind % 2 == 0 ? Network.mlp(64, 32) : convolutional())
        .withEpochs(6)
        .withThreads(kind == 7 ? 2 : 1);
  }

  private static Network convolutional() {
    return Network.of(Layer.reshape(1, 2, 2), Layer.conv2d(8, 3), Layer.gelu(), Layer.flatten());
  }

  @Test
  void trainingsAtOnce_giveWhatEachGivesAlone() throws Exception {
    List<Digest> alone = new ArrayList<>();
    for (int kind = 0; kind < 8; kind++) {
      alone.add(train(trainer(kind), kind));
    }
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Digest>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int kind = i;
        tasks.add(() -> train(trainer(kind), kind));
      }
      List<Digest> together = new ArrayList<>();
      for (Future<Digest> task : executor.invokeAll(tasks)) {
        together.add(task.get());
      }
      assertThat(together).isEqualTo(alone).doesNotHaveDuplicates();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void training_doesNotDependOnTheEngineNorChangeTheThread() {
    Digest expected = train(trainer(0), 1);
    Engine.getEngine("PyTorch").setRandomSeed(77);
    JniUtils.setNumThreads(2);
    JniUtils.setGradMode(true);
    try {
      assertThat(train(trainer(0), 1)).isEqualTo(expected);
      assertThat(JniUtils.getNumThreads()).isEqualTo(2);
      assertThat(JniUtils.isGradMode()).isTrue();
    } finally {
      JniUtils.setNumThreads(1);
      JniUtils.setGradMode(false);
    }
  }

  /** A scope of the caller closes its own arrays, not those of a training begun within. */
  @Test
  void training_begunInAScopeOfDjl_outlivesIt() {
    Training training;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      training = trainer(0).start(TrainingContext.of(EXAMPLES, 1));
    }
    try (training) {
      training.advance(Budget.unlimited());
      try (Model model = training.model()) {
        assertThat(model.digest()).isEqualTo(train(trainer(0), 1));
      }
    }
  }
}
