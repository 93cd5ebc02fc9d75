package dev.mlstack.model;

/**
 * The answer of a model that predicts several columns at once.
 *
 * @param value one component for each column: a number, or the most probable class
 * @param <R> the record that the application declared for it
 */
public record Outputs<R extends Record>(R value) {}
