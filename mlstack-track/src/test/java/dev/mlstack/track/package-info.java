/** Tests of the trackers. */
@NullMarked
package dev.mlstack.track;

import org.jspecify.annotations.NullMarked;
