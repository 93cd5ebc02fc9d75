/**
 * Stores for objects and refs.
 *
 * <p>{@link dev.mlstack.core.store.DirectoryStore} and {@link dev.mlstack.core.store.DirectoryRefs}
 * keep them in a directory of the local disk, for any number of threads and processes. {@link
 * dev.mlstack.core.store.MemoryStore} and {@link dev.mlstack.core.store.MemoryRefs} keep them in
 * memory, for tests and short-lived work. {@link dev.mlstack.core.store.Records} reads recipes and
 * records from any of them.
 */
@NullMarked
package dev.mlstack.core.store;

import org.jspecify.annotations.NullMarked;
