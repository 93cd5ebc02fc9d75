package dev.mlstack.model;

import dev.mlstack.feature.FeatureLayout;

/**
 * The examples that a trainer learns from, in blocks of {@link
 * dev.mlstack.compute.Rounds#BLOCK_ROWS} rows of which only the last may have fewer. In a given
 * order, which is part of the data. Immutable and safe for use by several threads.
 */
public interface Examples {

  /** Returns what the features and labels are. */
  Signature signature();

  /** Returns what stands where among the features. */
  FeatureLayout layout();

  /** Returns how many examples there are. */
  long rows();

  /** Returns how many blocks there are. */
  int blocks();

  /** Returns a block, from 0. */
  ExampleBlock block(int index);
}
