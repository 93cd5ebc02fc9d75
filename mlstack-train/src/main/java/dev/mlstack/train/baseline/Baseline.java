package dev.mlstack.train.baseline;

import dev.mlstack.compute.Device;
import dev.mlstack.core.model.RoundsTraining;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Set;

/**
 * A trainer whose model ignores the features: it answers the frequency of each class, so that the
 * majority is its best guess, and the mean of each number. It learns any label.
 *
 * <p>One unit of training, a single round that counts by weight, is all there is. Nothing is drawn
 * at random. Immutable.
 */
public final class Baseline implements Trainer {

  /** The operation and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("prior", 1);

  private static final Baseline PRIOR = new Baseline();

  private Baseline() {}

  /** Returns the trainer. */
  public static Baseline prior() {
    return PRIOR;
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  /** Returns the empty document: there are no parameters. */
  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Set<String> changeable() {
    return Set.of();
  }

  /**
   * Starts a training.
   *
   * @throws IllegalArgumentException if there are no examples, or the device is not the CPU
   */
  @Override
  public Training start(TrainingContext context) {
    return RoundsTraining.start(this, context, learner(context));
  }

  @Override
  public Training resume(TrainingContext context, ObjectSource source, Digest checkpoint) {
    return RoundsTraining.resume(this, context, learner(context), source, checkpoint);
  }

  private static PriorLearner learner(TrainingContext context) {
    if (!context.device().equals(Device.CPU)) {
      throw new IllegalArgumentException(
          "the baseline runs on the CPU only but the device was " + context.device());
    }
    return new PriorLearner(context.train().signature());
  }

  /** Returns the operation. */
  @Override
  public String toString() {
    return OPERATION.toString();
  }
}
