@NullMarked
package dev.mlstack.train.baseline;

import org.jspecify.annotations.NullMarked;
