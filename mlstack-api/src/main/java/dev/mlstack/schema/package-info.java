/**
 * What the columns of a table are.
 *
 * <p>A {@link dev.mlstack.schema.Schema} is an ordered list of {@link dev.mlstack.schema.Field}s,
 * each with a {@link dev.mlstack.schema.FieldType} and a {@link dev.mlstack.schema.Role}. It comes
 * from a record ({@link dev.mlstack.schema.Schema#of(Class)}, where {@link
 * dev.mlstack.schema.Column} says what a component cannot say itself), from code, or from a reader
 * that infers it.
 */
@NullMarked
package dev.mlstack.schema;

import org.jspecify.annotations.NullMarked;
