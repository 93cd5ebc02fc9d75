/** Tests of the pieces as they are wired. */
@NullMarked
package dev.mlstack;

import org.jspecify.annotations.NullMarked;
