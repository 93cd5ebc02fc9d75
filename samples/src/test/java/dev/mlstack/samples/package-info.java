/** Tests of the samples, and with them of the whole loop on real data. */
@NullMarked
package dev.mlstack.samples;

import org.jspecify.annotations.NullMarked;
