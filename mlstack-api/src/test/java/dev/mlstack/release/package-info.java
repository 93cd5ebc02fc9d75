/** Tests of the values of this package. */
@NullMarked
package dev.mlstack.release;

import org.jspecify.annotations.NullMarked;
