/**
 * Knowing that data is as it must be.
 *
 * <p>{@link dev.mlstack.data.check.Checks} are rules about columns, rows and tables: {@code
 * Checks.of(column("age").between(0, 120), column("id").unique().refuse(), rows("start <= end"))}.
 * One pass over the data computes all of them; what fails is noted, set aside or refused, as each
 * {@link dev.mlstack.data.check.Rule} says. The {@link dev.mlstack.data.check.CheckReport} holds
 * for each rule how many rows fail, and which, or what was measured. A commit takes checks along
 * ({@link dev.mlstack.data.check.CheckRun}); {@link dev.mlstack.data.check.Checks#run} checks any
 * dataset on its own; {@link dev.mlstack.data.check.Checks#propose} proposes rules from a profile.
 *
 * <p>Inside, an {@code Expectation} is what a rule demands, and is a document; bound to a schema it
 * becomes a {@code RuleTest}, which hands out parts that test rows, one for each share of the data,
 * and joins them again in the order of the shares, so that no result depends on how data is cut.
 */
@NullMarked
package dev.mlstack.data.check;

import org.jspecify.annotations.NullMarked;
