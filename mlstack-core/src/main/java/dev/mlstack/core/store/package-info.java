/**
 * Stores for objects and refs: {@link dev.mlstack.core.store.MemoryStore} and {@link
 * dev.mlstack.core.store.MemoryRefs} for tests and short-lived work.
 */
@NullMarked
package dev.mlstack.core.store;

import org.jspecify.annotations.NullMarked;
