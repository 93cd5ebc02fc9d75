package dev.mlstack.feature;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Value;
import dev.mlstack.table.Dataset;
import java.util.Set;

/**
 * A plan that says which columns become features, and how. It has seen no data. Immutable.
 *
 * <p>{@code dev.mlstack.data.transform.Features} builds one.
 */
public interface FeaturePipeline {

  /** Returns the document that describes this plan. Equal plans have equal documents. */
  Value.Doc toValue();

  /**
   * Learns from training data what the plan leaves open.
   *
   * @param train what to learn from; rows that will be used for evaluation must not be among it
   * @param targets the columns that will be predicted, which never become features
   * @param seed the seed of random draws, for plans that draw
   * @param execution runs the rounds, receives progress and may be cancelled
   * @return the same bits for the same data, however it is executed
   * @throws IllegalArgumentException if the plan does not fit the schema, or no feature is left
   */
  FittedPipeline fit(Dataset train, Set<String> targets, long seed, Execution execution);
}
