/** Tests of the way back from a prediction. */
@NullMarked
package dev.mlstack.core.trace;

import org.jspecify.annotations.NullMarked;
