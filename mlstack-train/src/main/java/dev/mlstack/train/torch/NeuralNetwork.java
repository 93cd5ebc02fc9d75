package dev.mlstack.train.torch;

import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Trains a neural network by AdamW on shuffled batches, one epoch a unit.
 *
 * <pre>{@code
 * NeuralNetwork.defaults()
 * NeuralNetwork.of(Network.mlp(128, 64)).withEpochs(20).withBatchSize(256).withClipNorm(1)
 * }</pre>
 *
 * <p>Immutable: each method that sets a parameter returns another trainer. Features should be
 * standardised, and must not be missing. Classes are learned by cross-entropy, quantities and
 * arrays by squared error in a scale of their own; the losses of several outputs are added. The
 * weights of examples count relative to each other.
 *
 * <p>The measures of its progress are {@code loss}, the mean over the last epoch of what each step
 * found before it, and {@code validation-loss} if there are validation examples.
 *
 * <p>The same trainer, examples and seed give the same bits on the same device and version of
 * libtorch. Several trainings may run at once, each on a thread of its own.
 */
public final class NeuralNetwork implements Trainer {

  /** The name of the algorithm. */
  public static final VersionedName OPERATION = new VersionedName("neural-network", 1);

  /** How many epochs, unless said otherwise: 50. */
  public static final int DEFAULT_EPOCHS = 50;

  /** How many examples make a batch, unless said otherwise: 32. */
  public static final int DEFAULT_BATCH_SIZE = 32;

  /** The learning rate, unless said otherwise: from 0.001 down to 0 along half a cosine. */
  public static final LearningRate DEFAULT_LEARNING_RATE = LearningRate.cosine(1e-3);

  /** How fast weights shrink, unless said otherwise: 0.01. */
  public static final double DEFAULT_WEIGHT_DECAY = 0.01;

  /** How much of the mean of gradients a step keeps, unless said otherwise: 0.9. */
  public static final double DEFAULT_BETA1 = 0.9;

  /** How much of the mean of squared gradients a step keeps, unless said otherwise: 0.999. */
  public static final double DEFAULT_BETA2 = 0.999;

  /** What keeps the optimizer's divisor away from 0, unless said otherwise: 10<sup>-8</sup>. */
  public static final double DEFAULT_EPSILON = 1e-8;

  private static final String NETWORK = "network";
  private static final String EPOCHS = "epochs";
  private static final String BATCH_SIZE = "batch-size";
  private static final String LEARNING_RATE = "learning-rate";
  private static final String WEIGHT_DECAY = "weight-decay";
  private static final String CLIP_NORM = "clip-norm";
  private static final String PATIENCE = "patience";

  private final Settings settings;

  /** What may be set. Changed by nobody once a trainer has it. */
  private static final class Settings {
    private Network network;
    private int epochs = DEFAULT_EPOCHS;
    private int batchSize = DEFAULT_BATCH_SIZE;
    private LearningRate learningRate = DEFAULT_LEARNING_RATE;
    private double beta1 = DEFAULT_BETA1;
    private double beta2 = DEFAULT_BETA2;
    private double epsilon = DEFAULT_EPSILON;
    private double weightDecay = DEFAULT_WEIGHT_DECAY;
    private double clipNorm = Double.POSITIVE_INFINITY;
    private int patience;
    private int threads = 1;

    private Settings(Network network) {
      this.network = network;
    }

    private Settings(Settings other) {
      this.network = other.network;
      this.epochs = other.epochs;
      this.batchSize = other.batchSize;
      this.learningRate = other.learningRate;
      this.beta1 = other.beta1;
      this.beta2 = other.beta2;
      this.epsilon = other.epsilon;
      this.weightDecay = other.weightDecay;
      this.clipNorm = other.clipNorm;
      this.patience = other.patience;
      this.threads = other.threads;
    }
  }

  private NeuralNetwork(Settings settings) {
    this.settings = settings;
  }

  /** Returns a trainer of a multilayer perceptron of 64 and 32 units: a start for tabular data. */
  public static NeuralNetwork defaults() {
    return of(Network.mlp(64, 32));
  }

  /** Returns a trainer of a network, with defaults for all else. */
  public static NeuralNetwork of(Network network) {
    return new NeuralNetwork(new Settings(network));
  }

  private NeuralNetwork with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new NeuralNetwork(changed);
  }

  /** Returns this trainer for another network. */
  public NeuralNetwork withNetwork(Network network) {
    return with(s -> s.network = network);
  }

  /**
   * Returns this trainer with another number of epochs: how often every example is learned from.
   *
   * @param epochs 1 or more
   */
  public NeuralNetwork withEpochs(int epochs) {
    Require.positive(EPOCHS, epochs);
    return with(s -> s.epochs = epochs);
  }

  /**
   * Returns this trainer with another number of examples for each step.
   *
   * @param batchSize 1 or more; the last batch of an epoch may have fewer
   */
  public NeuralNetwork withBatchSize(int batchSize) {
    Require.positive(BATCH_SIZE, batchSize);
    return with(s -> s.batchSize = batchSize);
  }

  /** Returns this trainer with a learning rate that never changes. */
  public NeuralNetwork withLearningRate(double rate) {
    return withLearningRate(LearningRate.constant(rate));
  }

  /** Returns this trainer with another schedule of the learning rate. */
  public NeuralNetwork withLearningRate(LearningRate learningRate) {
    return with(s -> s.learningRate = learningRate);
  }

  /**
   * Returns this trainer with another decay: each step multiplies weights, but not biases, by
   * {@code 1 - learning rate * decay}.
   *
   * @param decay 0 (which makes it Adam) or more
   */
  public NeuralNetwork withWeightDecay(double decay) {
    require(decay >= 0 && decay < Double.POSITIVE_INFINITY, WEIGHT_DECAY, "0 or more", decay);
    return with(s -> s.weightDecay = decay);
  }

  /**
   * Returns this trainer with other moving means in the optimizer.
   *
   * @param beta1 how much of the mean of gradients each step keeps, from 0 to below 1
   * @param beta2 how much of the mean of squared gradients each step keeps, from 0 to below 1
   */
  public NeuralNetwork withBetas(double beta1, double beta2) {
    require(beta1 >= 0 && beta1 < 1, "beta1", "from 0 to below 1", beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2", "from 0 to below 1", beta2);
    return with(
        s -> {
          s.beta1 = beta1;
          s.beta2 = beta2;
        });
  }

  /**
   * Returns this trainer with another term that keeps the optimizer's divisor away from 0.
   *
   * @param epsilon positive
   */
  public NeuralNetwork withEpsilon(double epsilon) {
    require(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY, "epsilon", "positive", epsilon);
    return with(s -> s.epsilon = epsilon);
  }

  /**
   * Returns this trainer with gradients that are shortened to a length at most: all of them
   * together, as one vector, so that their direction stays (R. Pascanu, T. Mikolov and Y. Bengio,
   * "On the difficulty of training recurrent neural networks", ICML 2013, section 3.2).
   *
   * @param norm the length, positive; infinite, the default, never shortens
   */
  public NeuralNetwork withClipNorm(double norm) {
    require(norm > 0, CLIP_NORM, "positive", norm);
    return with(s -> s.clipNorm = norm);
  }

  /**
   * Returns this trainer with early stopping: training ends once so many epochs have not lowered
   * the loss on the validation examples, and the model is the best so far. It needs validation
   * examples.
   *
   * @param epochs 1 or more; 0, the default, neither stops early nor looks for the best
   */
  public NeuralNetwork withPatience(int epochs) {
    Require.atLeast(0, PATIENCE, epochs);
    return with(s -> s.patience = epochs);
  }

  /**
   * Returns this trainer with operations that run on several threads each. Worthwhile for large
   * layers and batches alone; the number of threads changes the last bits.
   *
   * @param threads 1 or more
   */
  public NeuralNetwork withThreads(int threads) {
    Require.positive("threads", threads);
    return with(s -> s.threads = threads);
  }

  private static void require(boolean valid, String name, String rule, double value) {
    if (!valid) {
      throw new IllegalArgumentException(name + " must be " + rule + " but was " + value);
    }
  }

  Network network() {
    return settings.network;
  }

  int epochs() {
    return settings.epochs;
  }

  int batchSize() {
    return settings.batchSize;
  }

  LearningRate learningRate() {
    return settings.learningRate;
  }

  AdamW optimizer() {
    return new AdamW(settings.beta1, settings.beta2, settings.epsilon, settings.weightDecay);
  }

  double clipNorm() {
    return settings.clipNorm;
  }

  int patience() {
    return settings.patience;
  }

  int threads() {
    return settings.threads;
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc()
        .put(NETWORK, settings.network.toValue())
        .put(EPOCHS, settings.epochs)
        .put(BATCH_SIZE, settings.batchSize)
        .put(LEARNING_RATE, settings.learningRate.toValue())
        .put("beta1", settings.beta1)
        .put("beta2", settings.beta2)
        .put("epsilon", settings.epsilon)
        .put(WEIGHT_DECAY, settings.weightDecay)
        .put(CLIP_NORM, settings.clipNorm)
        .put(PATIENCE, settings.patience)
        .put("threads", settings.threads)
        .build();
  }

  @Override
  public Set<String> changeable() {
    return Set.of(EPOCHS, BATCH_SIZE, LEARNING_RATE, WEIGHT_DECAY, CLIP_NORM, PATIENCE);
  }

  @Override
  public Training start(TrainingContext context) {
    return TorchTraining.start(this, context);
  }

  @Override
  public Training resume(TrainingContext context, ObjectSource source, Digest checkpoint) {
    return TorchTraining.resume(this, context, source, checkpoint);
  }
}
