package dev.mlstack.benchmarks;

import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.train.torch.Network;
import dev.mlstack.train.torch.NeuralNetwork;
import dev.mlstack.train.torch.TorchRuntime;
import java.io.IOException;

/**
 * Makes training steps of a small network (64 features, 128 hidden units, 2 classes) by AdamW on
 * shuffled batches, on one thread, beside plain DJL with the same network, optimizer and batches.
 *
 * <p>{@code DJL} is the loop of DJL's manual: an {@code ArrayDataset}, {@code EasyTrain} and a
 * {@code Trainer}. {@code DJL_GATHERED} picks the rows of a batch out of one array itself, which is
 * the fastest that DJL's public API allows.
 */
final class NetworkBenchmark implements Benchmark {

  /** How many units the hidden layer has. */
  static final int HIDDEN = 128;

  /** The learning rate of all. */
  static final float RATE = 1e-3f;

  private static final int ROWS = 1 << 15;
  private static final int WIDTH = 64;
  private static final int[] BATCH_SIZES = {64, 1024};
  private static final double MICROS = 1e6;

  @Override
  public String name() {
    return "network";
  }

  @Override
  public String about() {
    return "make a training step of a network, 64 x 128 x 2 (DJL's Trainer)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Gaussians data = Gaussians.of(workbench, ROWS, WIDTH);
    Examples examples = data.examples();
    TorchRuntime.facts(); // Loads the libraries, set up as ours need them, before the peer does.
    for (int batchSize : BATCH_SIZES) {
      NeuralNetwork trainer =
          NeuralNetwork.of(Network.mlp(HIDDEN))
              .withBatchSize(batchSize)
              .withLearningRate(RATE)
              .withEpochs(Integer.MAX_VALUE);
      double steps = Math.ceil(ROWS / (double) batchSize);
      try (Training training = trainer.start(TrainingContext.of(examples, 1));
          DjlNetwork djl = DjlNetwork.of(data, batchSize);
          DjlNetwork gathered = DjlNetwork.of(data, batchSize)) {
        new Race(3, 7, Race.timed(() -> training.advance(Budget.units(1))))
            .against("DJL", Race.timed(djl::epoch))
            .against("DJL_GATHERED", Race.timed(gathered::gatheredEpoch))
            .report(workbench, "step-" + batchSize, "us", MICROS / steps);
      }
    }
  }
}
