package dev.mlstack.model;

import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Set;

/**
 * A learning algorithm with its parameters. Immutable: a trainer can start any number of trainings,
 * also at once.
 *
 * <p>The law: the same trainer, examples and seed give a model with the same digest.
 */
public interface Trainer {

  /** Returns the name of the algorithm and the version of its arithmetic, such as logistic/1. */
  VersionedName operation();

  /** Returns every parameter, also those left at their defaults. */
  Value.Doc parameters();

  /**
   * Returns the names of the parameters that may differ between a checkpoint and the trainer that
   * {@linkplain #resume resumes} it.
   */
  Set<String> changeable();

  /**
   * Starts a training. The caller closes it.
   *
   * @throws IllegalArgumentException if this algorithm cannot learn from such examples; the message
   *     says why
   * @throws dev.mlstack.table.DataException if an example is not as this algorithm needs it; the
   *     message names the row
   * @throws IllegalStateException if the device or a native library is not there; the message says
   *     what to add
   */
  Training start(TrainingContext context);

  /**
   * Goes on from a checkpoint. The caller closes the training. With the same parameters, the model
   * comes out as if the training had never been interrupted, to the bit.
   *
   * @param context the same examples and seed as before
   * @param source gives the checkpoint and the objects it holds
   * @param checkpoint what {@link Training#checkpoint} returned
   * @throws IllegalArgumentException if the checkpoint is of other examples, another seed, another
   *     algorithm, or parameters that may not change; the message names the first difference
   * @throws dev.mlstack.store.StoreException if the checkpoint is not there or damaged
   */
  Training resume(TrainingContext context, ObjectSource source, Digest checkpoint);
}
