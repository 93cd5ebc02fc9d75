/**
 * Reading {@link dev.mlstack.store.Value}s from JSON; {@link dev.mlstack.core.json.Json} does it.
 */
@NullMarked
package dev.mlstack.core.json;

import org.jspecify.annotations.NullMarked;
