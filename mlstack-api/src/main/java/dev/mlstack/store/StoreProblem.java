package dev.mlstack.store;

import java.util.Optional;

/**
 * Something that {@link ObjectStore#verify} found wrong.
 *
 * @param digest the object concerned, where it is known
 * @param where the place that a person would look at, such as a file and an offset
 * @param what what is wrong there, as one sentence
 */
public record StoreProblem(Optional<Digest> digest, String where, String what) {}
