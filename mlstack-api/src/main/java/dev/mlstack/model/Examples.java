package dev.mlstack.model;

import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.store.Digest;

/**
 * The examples that a trainer learns from, in blocks of {@link
 * dev.mlstack.compute.Rounds#BLOCK_ROWS} rows of which only the last may have fewer. In a given
 * order, which is part of the data. Immutable and safe for use by several threads.
 *
 * <p>Labels and weights are valid: labels are finite, a class is the index of one, and weights are
 * finite and not negative. Features may be missing, that is NaN.
 */
public interface Examples {

  /** Returns what the features and labels are. */
  Signature signature();

  /** Returns what stands where among the features. */
  FeatureLayout layout();

  /**
   * Returns the digest of signature, layout and all examples: a checkpoint goes on only with equal
   * ones. It is computed when first asked for, in one pass.
   */
  Digest digest();

  /** Returns how many examples there are. */
  long rows();

  /** Returns how many blocks there are. */
  int blocks();

  /** Returns a block, from 0. */
  ExampleBlock block(int index);
}
