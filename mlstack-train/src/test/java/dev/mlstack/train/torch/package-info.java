/** Tests of neural networks. */
@NullMarked
package dev.mlstack.train.torch;

import org.jspecify.annotations.NullMarked;
