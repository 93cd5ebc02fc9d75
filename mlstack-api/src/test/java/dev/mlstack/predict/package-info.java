/** Tests of the values of this package. */
@NullMarked
package dev.mlstack.predict;

import org.jspecify.annotations.NullMarked;
