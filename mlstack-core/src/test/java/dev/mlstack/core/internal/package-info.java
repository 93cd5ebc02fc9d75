/** Tests of what several packages need. */
@NullMarked
package dev.mlstack.core.internal;

import org.jspecify.annotations.NullMarked;
