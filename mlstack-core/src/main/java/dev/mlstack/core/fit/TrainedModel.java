package dev.mlstack.core.fit;

import dev.mlstack.model.Evaluation;
import dev.mlstack.model.FittedModel;
import dev.mlstack.run.RunInfo;
import dev.mlstack.store.Digest;
import java.util.Optional;

/**
 * A fitted model with the run that made it.
 *
 * <p>Owns the model: whoever trained it closes it.
 *
 * @param model the fitted model; its content is in the store
 * @param evaluation how good it was on the data that it was tested on, if there was any
 * @param run the run, which has ended and been sealed
 * @param <A> the answer
 */
public record TrainedModel<A>(FittedModel<A> model, Optional<Evaluation> evaluation, RunInfo run)
    implements AutoCloseable {

  /**
   * Returns the digest of the record of the run.
   *
   * @throws IllegalStateException if the run has not been sealed
   */
  public Digest record() {
    return run.record()
        .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no record"));
  }

  /**
   * Returns the evaluation.
   *
   * @throws IllegalStateException if the model was not tested
   */
  public Evaluation test() {
    return evaluation.orElseThrow(
        () -> new IllegalStateException("run " + run.id() + " did not test its model"));
  }

  /** Closes the model. */
  @Override
  public void close() {
    model.close();
  }
}
