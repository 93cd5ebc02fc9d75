/**
 * What several packages of this module need and nobody else: {@link
 * dev.mlstack.core.internal.Providers} finds what other jars provide.
 */
@NullMarked
package dev.mlstack.core.internal;

import org.jspecify.annotations.NullMarked;
