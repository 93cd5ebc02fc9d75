package dev.mlstack.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import dev.mlstack.compute.RandomStream;
import java.io.IOException;
import java.util.Arrays;

/** A network that is trained by plain DJL. Owns its native memory. */
final class DjlNetwork implements AutoCloseable {

  private static final int CLASSES = 2;
  private static final float WEIGHT_DECAY = 0.01f;

  private final int rows;
  private final int batchSize;
  private final Model model;
  private final Trainer trainer;
  private final NDManager manager;
  private final NDArray features;
  private final NDArray labels;
  private final ArrayDataset dataset;
  private final RandomStream shuffles = RandomStream.of(1, "shuffle");
  private int epochs;

  private DjlNetwork(Gaussians data, int batchSize) {
    this.rows = data.rows();
    this.batchSize = batchSize;
    this.model = Model.newInstance("peer", Device.cpu());
    model.setBlock(network());
    var optimizer =
        Optimizer.adamW()
            .optLearningRateTracker(Tracker.fixed(NetworkBenchmark.RATE))
            .optWeightDecays(WEIGHT_DECAY)
            .build();
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(new Shape(batchSize, data.width()));
    this.manager = trainer.getManager().newSubManager();
    this.features = manager.create(data.features(), new Shape(rows, data.width()));
    this.labels = manager.create(data.classes(), new Shape(rows, 1));
    this.dataset =
        new ArrayDataset.Builder()
            .setData(features)
            .optLabels(labels)
            .setSampling(batchSize, /* random= */ true)
            .build();
  }

  static DjlNetwork of(Gaussians data, int batchSize) {
    return new DjlNetwork(data, batchSize);
  }

  private static Block network() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(NetworkBenchmark.HIDDEN).build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /** Makes the steps of an epoch as DJL's manual does. */
  void epoch() throws IOException {
    try {
      for (Batch batch : trainer.iterateDataset(dataset)) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
        batch.close();
      }
    } catch (TranslateException e) {
      throw new IOException("DJL cannot read its data", e);
    }
  }

  /** Makes the steps of an epoch, and gathers the rows of each batch. */
  void gatheredEpoch() {
    int[] order = shuffles.child(epochs++).permutation(rows);
    for (int from = 0; from < rows; from += batchSize) {
      int[] places = Arrays.copyOfRange(order, from, Math.min(rows, from + batchSize));
      try (NDManager step = manager.newSubManager()) {
        features.attach(step);
        labels.attach(step);
        step(step.create(places));
        features.attach(manager);
        labels.attach(manager);
      }
    }
  }

  private void step(NDArray places) {
    NDArray x = features.get(places);
    NDArray y = labels.get(places);
    try (GradientCollector collector = trainer.newGradientCollector()) {
      NDList scores = trainer.forward(new NDList(x));
      collector.backward(trainer.getLoss().evaluate(new NDList(y), scores));
    }
    trainer.step();
  }

  @Override
  public void close() {
    manager.close();
    trainer.close();
    model.close();
  }
}
