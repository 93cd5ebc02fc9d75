/**
 * Models that learn almost nothing, which every other model must beat: {@link
 * dev.mlstack.train.baseline.Baseline}.
 */
@NullMarked
package dev.mlstack.train.baseline;

import org.jspecify.annotations.NullMarked;
