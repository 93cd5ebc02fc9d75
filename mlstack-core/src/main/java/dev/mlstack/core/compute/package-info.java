/** Running {@link dev.mlstack.compute.Rounds}: {@link dev.mlstack.core.compute.LocalRounds}. */
@NullMarked
package dev.mlstack.core.compute;

import org.jspecify.annotations.NullMarked;
