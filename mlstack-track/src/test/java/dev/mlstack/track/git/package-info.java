/** Tests of reading Git's files. */
@NullMarked
package dev.mlstack.track.git;

import org.jspecify.annotations.NullMarked;
