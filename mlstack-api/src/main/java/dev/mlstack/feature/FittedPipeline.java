package dev.mlstack.feature;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Content;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Table;

/**
 * A feature pipeline that has seen its training data: one definition of how a row becomes the
 * vector that a model sees.
 *
 * <p>Immutable and safe for use by several threads. Its content is a JSON document: what was
 * learned, column by column.
 *
 * <p>Columns are found by name, in any order, among any others. A number may come from another type
 * than in training, and so may a text, where the meaning is the same: a pipeline that was fitted to
 * {@code double} takes {@code int}, one that was fitted to text takes a category. A date is not
 * taken for a timestamp or a number, nor a truth value for the text of a number.
 */
public interface FittedPipeline extends Content {

  /** The type of a stored fitted pipeline each of whose features comes from one column. */
  VersionedName TYPE = new VersionedName("pipeline", 1);

  /** The type of a stored fitted pipeline with features of several columns, or of times. */
  VersionedName TYPE_2 = new VersionedName("pipeline", 2);

  /** Returns the columns that this pipeline reads. */
  Schema input();

  /** Returns what stands where in the vector. */
  FeatureLayout layout();

  /**
   * Encodes all rows of a table.
   *
   * @param table has at least the columns of {@link #input()}, found by name
   * @param sink takes the numbers, after a call of {@link FeatureSink#begin}
   * @throws IllegalArgumentException if a column is not there or of an unsuitable type
   */
  void apply(Table table, FeatureSink sink);

  /**
   * Encodes all rows of a table that this pipeline was fitted on. Steps that have learned from what
   * is to be predicted leave out what they learned from a row, and those of its fold, when they
   * encode it. All others give what {@link #apply} gives.
   *
   * @param table some of the rows that this pipeline was fitted on, with their identities
   * @param sink takes the numbers, after a call of {@link FeatureSink#begin}
   * @throws IllegalArgumentException if a column is not there or of an unsuitable type
   */
  default void applyToTraining(Table table, FeatureSink sink) {
    apply(table, sink);
  }

  /**
   * Returns an encoder for single rows.
   *
   * @param rows the schema of the rows; has at least the columns of {@link #input()}
   * @throws IllegalArgumentException if a column is not there or of an unsuitable type
   */
  RowEncoder encoder(Schema rows);
}
