/** Tests of what is known of the environment. */
@NullMarked
package dev.mlstack.track.environment;

import org.jspecify.annotations.NullMarked;
