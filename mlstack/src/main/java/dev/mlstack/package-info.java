/**
 * The pieces wired with defaults: {@link dev.mlstack.Workspace} opens the store, the tracker, the
 * registry, the releases and the prediction log in one directory.
 *
 * <p>Nothing here does work of its own. Who needs other parts wires them in the same way.
 */
@NullMarked
package dev.mlstack;

import org.jspecify.annotations.NullMarked;
