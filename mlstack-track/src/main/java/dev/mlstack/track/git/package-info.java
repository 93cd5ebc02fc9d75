/**
 * Which revision of the code runs: {@link dev.mlstack.track.git.GitCheckout} reads the files of a
 * Git repository, without Git. Not for applications.
 */
@NullMarked
package dev.mlstack.track.git;

import org.jspecify.annotations.NullMarked;
