/**
 * Knowing that data is as it must be.
 *
 * <p>{@link dev.mlstack.data.check.Checks} are rules about columns: {@code
 * Checks.of(column("age").between(0, 120), column("id").unique().refuse())}. One pass over the data
 * computes all of them; what fails is noted, set aside or refused, as each {@link
 * dev.mlstack.data.check.Rule} says. The {@link dev.mlstack.data.check.CheckReport} holds for each
 * rule how many rows fail, and which.
 */
@NullMarked
package dev.mlstack.data.check;

import org.jspecify.annotations.NullMarked;
