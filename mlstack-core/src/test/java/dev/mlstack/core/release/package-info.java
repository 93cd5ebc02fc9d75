/** Tests of the registry and of releases. */
@NullMarked
package dev.mlstack.core.release;

import org.jspecify.annotations.NullMarked;
