/**
 * Tests of contracts. Whoever implements one extends its {@code ...Kit} and so has every law of the
 * contract tested on the implementation.
 */
@NullMarked
package dev.mlstack.testkit;

import org.jspecify.annotations.NullMarked;
