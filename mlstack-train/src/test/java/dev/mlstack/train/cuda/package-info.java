/** Tests of the probe for CUDA. */
@NullMarked
package dev.mlstack.train.cuda;

import org.jspecify.annotations.NullMarked;
