package dev.mlstack.model;

import dev.mlstack.compute.Progress;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSink;

/**
 * A training under way. It advances in units (a round, an epoch, a tree), and can be asked for a
 * checkpoint or a model between any two.
 *
 * <p>Owns what it needs while it runs, also native memory; models that it gave out live on after it
 * is closed. For use by one thread at a time.
 */
public interface Training extends AutoCloseable {

  /**
   * Trains until the budget is spent or nothing is left to do, but ends only between units.
   *
   * @return {@link #progress()} after it
   * @throws java.util.concurrent.CancellationException if the execution was cancelled; the training
   *     is then as it was after its last whole unit, and may go on
   * @throws ArithmeticException if the loss is no longer finite; the message says what to change
   * @throws IllegalStateException if the training is closed
   */
  Progress advance(Budget budget);

  /**
   * Returns how many units are done, of how many at most, and the measures after the last; also
   * when the training is closed.
   */
  Progress progress();

  /** Tells whether nothing is left to do. */
  boolean done();

  /**
   * Writes all that is needed to go on from here.
   *
   * @return the digest to {@linkplain Trainer#resume resume} from
   * @throws IllegalStateException if the training is closed
   */
  Digest checkpoint(ObjectSink sink);

  /**
   * Returns what has been learned by now. The caller closes it.
   *
   * @throws IllegalStateException if the training is closed
   */
  Model model();

  /** Frees what the training owns. Closing twice does nothing. */
  @Override
  void close();
}
