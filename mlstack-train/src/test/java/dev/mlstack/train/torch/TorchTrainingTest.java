package dev.mlstack.train.torch;

import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Trainer;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.testkit.TrainingKit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** The laws of trainers, on a network with outputs of all kinds. */
@ExtendWith(NativeMemory.class)
class TorchTrainingTest extends TrainingKit {

  private static final NeuralNetwork TRAINER =
      NeuralNetwork.of(Network.mlp(8, 5)).withEpochs(12).withBatchSize(16).withClipNorm(2);

  @Override
  protected Trainer trainer() {
    return TRAINER;
  }

  @Override
  protected Examples examples(long seed) {
    return TestExamples.random(
        100,
        seed,
        row -> Math.abs(row[3]),
        TestExamples.COLOR,
        TestExamples.PRICE,
        TestExamples.PLACE);
  }

  @Override
  protected Model load(ObjectSource source, Digest digest) {
    return new TorchModelFormat().load(source, digest);
  }

  @Override
  protected Map<String, Trainer> unlike() {
    return Map.of(
        "network",
        TRAINER.withNetwork(Network.mlp(8, 6)),
        "beta1",
        TRAINER.withBetas(0.8, 0.999),
        "beta2",
        TRAINER.withBetas(0.9, 0.99),
        "epsilon",
        TRAINER.withEpsilon(1e-7),
        "threads",
        TRAINER.withThreads(2));
  }

  @Override
  protected List<Trainer> alike() {
    return List.of(
        TRAINER.withEpochs(20),
        TRAINER.withEpochs(1),
        TRAINER.withBatchSize(7),
        TRAINER.withLearningRate(0.02),
        TRAINER.withWeightDecay(0),
        TRAINER.withClipNorm(Double.POSITIVE_INFINITY));
  }

  /** libtorch adds up in another order; prices are around 100,000. */
  @Override
  protected double batchTolerance() {
    return 0.1;
  }
}
