@NullMarked
package dev.mlstack.train.linear;

import org.jspecify.annotations.NullMarked;
