/** Tests of the values of this package. */
@NullMarked
package dev.mlstack.run;

import org.jspecify.annotations.NullMarked;
