/**
 * What computation that always gives the same bits is made of.
 *
 * <p>{@link dev.mlstack.compute.Rounds} is the shape of every computation that sums over rows.
 * {@link dev.mlstack.compute.RandomStream} draws from a seed, a name and the identity of a row,
 * never from the order of arrival. {@link dev.mlstack.compute.Execution} says where the work runs,
 * who hears of its progress and who may cancel it; it never changes a result.
 */
@NullMarked
package dev.mlstack.compute;

import org.jspecify.annotations.NullMarked;
