/**
 * Versions of models, and what is live.
 *
 * <p>{@link dev.mlstack.core.release.RefRegistry} and {@link dev.mlstack.core.release.RefReleases}
 * need objects and refs and nothing else, so that a small service has them: what is registered or
 * released is a record, what is current is a ref.
 */
@NullMarked
package dev.mlstack.core.release;

import org.jspecify.annotations.NullMarked;
