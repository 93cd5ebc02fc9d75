package dev.mlstack.store;

/**
 * A name and what it points to now.
 *
 * @param name the name
 * @param target the digest it points to
 * @param moves how often it has moved, counting its creation; grows with every move, also across
 *     deletion
 */
public record Ref(RefName name, Digest target, long moves) {}
