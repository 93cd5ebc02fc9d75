package dev.mlstack.data.check;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Row;

/**
 * A test of rows that an application brings, for {@link Checks#rows(RowCheck)}.
 *
 * <p>Documents hold its name, its version and its parameters, never its code: who reads them names
 * the tests that there are. A test whose answers change has another version.
 */
public interface RowCheck {

  /** Returns the name and the version of what it computes. */
  VersionedName name();

  /** Returns everything it was told, so that two with equal parameters give equal answers. */
  default Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  /** Returns what a row must be, such as {@code must have a valid IBAN}. */
  String demand();

  /**
   * Starts to test rows of a schema. What this returns is used by several threads at once.
   *
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  Bound bind(Schema schema);

  /** Tests rows of one schema. */
  @FunctionalInterface
  interface Bound {
    /** Tells whether a row, which is borrowed, is as it must be. */
    boolean holds(Row row);
  }
}
