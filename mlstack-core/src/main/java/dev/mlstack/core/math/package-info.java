/**
 * Arithmetic with one result on every platform.
 *
 * <p>{@link dev.mlstack.core.math.StableMath} has the transcendental functions, {@link
 * dev.mlstack.core.math.ExactSum} sums without rounding in between, {@link
 * dev.mlstack.core.math.Normal} gives quantiles. Whatever reaches a content is computed with these
 * and with the operations that IEEE 754 rounds correctly, never with {@link Math#exp} and its kin,
 * whose results differ between versions of Java.
 *
 * <p>{@link dev.mlstack.core.math.ExactSums} are many exact sums side by side, for the vectors and
 * matrices that rounds add up.
 */
@NullMarked
package dev.mlstack.core.math;

import org.jspecify.annotations.NullMarked;
