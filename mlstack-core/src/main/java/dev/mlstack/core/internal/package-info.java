/**
 * What several packages of this module need, and other modules of the stack, but no application.
 *
 * <p>{@link dev.mlstack.core.internal.Providers} finds what other jars provide. Stores share {@link
 * dev.mlstack.core.internal.DigestSet}, {@link dev.mlstack.core.internal.Marking} for collections,
 * {@link dev.mlstack.core.internal.Workers} for verification, and {@link
 * dev.mlstack.core.internal.Followers} for refs.
 */
@NullMarked
package dev.mlstack.core.internal;

import org.jspecify.annotations.NullMarked;
