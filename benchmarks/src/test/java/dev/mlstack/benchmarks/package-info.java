/** Tests of what the benchmarks print. */
@NullMarked
package dev.mlstack.benchmarks;

import org.jspecify.annotations.NullMarked;
