@NullMarked
package dev.mlstack.core.math;

import org.jspecify.annotations.NullMarked;
