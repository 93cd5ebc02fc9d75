package dev.mlstack.core.profile;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import java.util.List;

/**
 * How a profile divides the values of each feature and label into cells, and how many of its rows
 * are in each: what later rows are compared with.
 *
 * <pre>{@code
 * ProfileCells reference = profile.cells();
 * ProfileCounter live = reference.counter(requests);
 * live.add(row);
 * long[] expected = reference.column("age").counts();
 * long[] actual = live.counts("age");
 * }</pre>
 *
 * @param profile the digest of the profile
 * @param rows how many rows were profiled
 * @param columns the cells of each column, in the order of the schema
 */
public record ProfileCells(Digest profile, long rows, List<ColumnCells> columns) {

  /** Copies the list. */
  public ProfileCells {
    columns = List.copyOf(columns);
  }

  /**
   * Returns the cells of a column.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public ColumnCells column(String name) {
    return columns.stream()
        .filter(column -> column.field().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there are no cells of column '" + name + "', only of " + schema().names()));
  }

  /** Returns the columns that are divided into cells. */
  public Schema schema() {
    return Schema.of(columns.stream().map(ColumnCells::field).toList());
  }

  /** Returns a counter of tables, and of rows that have all columns of this schema in order. */
  public ProfileCounter counter() {
    return counter(schema());
  }

  /**
   * Returns a counter of rows of a schema. It counts the columns that both schemas have in common:
   * live rows, for example, have no label.
   *
   * @throws IllegalArgumentException if there is no such column, or one is of another kind (number,
   *     text or tensor)
   */
  public ProfileCounter counter(Schema rowSchema) {
    return ProfileCounter.of(this, rowSchema);
  }
}
