package dev.mlstack.parquet;

import org.jspecify.annotations.Nullable;

/**
 * A page of a column.
 *
 * @param values how many values it has, missing ones included
 * @param repetitions their repetition levels; {@code null} if all are 0
 * @param definitions their definition levels; {@code null} if all are there
 * @param decoder gives those that are there
 */
record Page(int values, @Nullable Runs repetitions, @Nullable Runs definitions, Values decoder) {}
