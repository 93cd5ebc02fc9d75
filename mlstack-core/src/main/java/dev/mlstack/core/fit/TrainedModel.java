package dev.mlstack.core.fit;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.evaluate.Evaluator;
import dev.mlstack.model.Evaluation;
import dev.mlstack.model.FittedModel;
import dev.mlstack.run.RunInfo;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import java.util.Optional;

/**
 * A fitted model with the run that made it.
 *
 * <p>Owns the model: whoever trained it closes it.
 *
 * @param model the fitted model; its content is in the store
 * @param evaluation how good it was on the data that it was tested on, if there was any
 * @param run the run, which has ended and been sealed
 * @param train the rows that the model learned from; they can be read as long as that is open where
 *     they are kept
 * @param <A> the answer
 */
public record TrainedModel<A>(
    FittedModel<A> model, Optional<Evaluation> evaluation, RunInfo run, Dataset train)
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

  /**
   * Finds out how good the model is on rows that it was not trained on.
   *
   * <p>Refuses the training data, what that is a part of, and parts of it; and parts of another
   * split of the same data that share a row with it. About other data it cannot be told whether it
   * has the same rows. How well the model fits its own training data is found by {@link
   * Evaluator#evaluate}, which takes any rows.
   *
   * @param rows the rows to answer, with their labels
   * @param execution scores blocks of rows in parallel, receives progress and may be cancelled
   * @throws IllegalArgumentException if the model was trained on any of the rows, as far as it can
   *     be told
   * @see Evaluator#evaluate
   */
  public Evaluation evaluate(Dataset rows, Execution execution) {
    new TrainingRows(train).requireUnseen(rows);
    return Evaluator.evaluate(model, rows, execution);
  }

  /** Closes the model. */
  @Override
  public void close() {
    model.close();
  }
}
