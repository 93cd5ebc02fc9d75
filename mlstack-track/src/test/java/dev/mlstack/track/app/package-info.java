/** An application outside of the tracker's packages. */
@NullMarked
package dev.mlstack.track.app;

import org.jspecify.annotations.NullMarked;
