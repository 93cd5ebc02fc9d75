package dev.mlstack.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry in the history of a ref.
 *
 * @param from what it pointed to before; empty when it was created
 * @param to what it points to since; empty when it was deleted
 * @param at when
 * @param cause who moved it, and why
 */
public record RefMove(Optional<Digest> from, Optional<Digest> to, Instant at, Cause cause) {}
