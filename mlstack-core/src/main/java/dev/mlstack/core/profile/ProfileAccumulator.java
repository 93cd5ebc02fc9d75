package dev.mlstack.core.profile;

import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.util.stream.IntStream;

/**
 * Makes a profile of rows as they come: of live traffic, say.
 *
 * <pre>{@code
 * ProfileAccumulator live = Profile.accumulator(schema);
 * live.add(row);
 * Profile soFar = live.snapshot();
 * }</pre>
 *
 * <p>What a snapshot is depends on the rows and their identities alone, not on their order, or on
 * whether they came as rows or tables. Only the sample that finds frequent texts in columns of many
 * looks at identities; rows added without one get the number of rows before them instead.
 *
 * <p>Rows wait in blocks of 1,024, which are used again and again.
 *
 * <p>Not safe for use by several threads at once: let each have its own, and merge the snapshots.
 */
public final class ProfileAccumulator {

  private final Schema schema;
  private final ColumnTally[] tallies;
  private final boolean samples;
  private final byte[] waiting = new byte[ColumnTally.BLOCK];
  private byte[] levels = {};
  private int waitingRows;
  private long rows;

  ProfileAccumulator(Schema schema) {
    this.schema = schema;
    RealSums.Scratch scratch = new RealSums.Scratch();
    this.tallies =
        schema.fields().stream()
            .map(field -> ColumnTally.of(field, scratch))
            .toArray(ColumnTally[]::new);
    this.samples =
        schema.fields().stream().anyMatch(field -> field.type() instanceof FieldType.Text);
  }

  /** Returns the columns that are profiled. */
  public Schema schema() {
    return schema;
  }

  /** Returns how many rows were added. */
  public long rows() {
    return rows;
  }

  /**
   * Adds a row that has no identity.
   *
   * @param row a row of the schema
   */
  public void add(Row row) {
    add(row, rows);
  }

  /**
   * Adds a row.
   *
   * @param row a row of the schema
   * @param rowId its identity
   */
  public void add(Row row, long rowId) {
    for (int i = 0; i < tallies.length; i++) {
      tallies[i].read(row, i, waitingRows);
    }
    waiting[waitingRows++] = samples ? TextSample.level(rowId) : 0;
    rows++;
    if (waitingRows == ColumnTally.BLOCK) {
      flush();
    }
  }

  /** Tallies the rows that wait. */
  private void flush() {
    if (waitingRows == 0) {
      return;
    }
    for (ColumnTally tally : tallies) {
      tally.add(waitingRows, waiting, 0);
    }
    waitingRows = 0;
  }

  /**
   * Adds all rows of a table.
   *
   * @param table has the columns of the schema, found by name
   * @throws IllegalArgumentException if a column is not there or of another type
   */
  public void add(Table table) {
    int[] columns = columns(table.schema());
    flush();
    readLevels(table);
    for (int i = 0; i < tallies.length; i++) {
      add(table, columns[i], tallies[i]);
    }
    rows += table.rows();
  }

  private int[] columns(Schema actual) {
    return IntStream.range(0, tallies.length).map(i -> index(i, actual)).toArray();
  }

  private int index(int field, Schema actual) {
    int index = actual.indexOf(schema.field(field).name());
    FieldType type = actual.field(index).type();
    if (!type.equals(schema.field(field).type())) {
      throw new IllegalArgumentException(
          "column '"
              + schema.field(field).name()
              + "' must be of type "
              + schema.field(field).type()
              + " but is of type "
              + type);
    }
    return index;
  }

  private void readLevels(Table table) {
    if (levels.length < table.rows()) {
      levels = new byte[table.rows()];
    }
    for (int row = 0; samples && row < table.rows(); row++) {
      levels[row] = TextSample.level(table.rowId(row));
    }
  }

  private void add(Table table, int column, ColumnTally tally) {
    for (int from = 0; from < table.rows(); from += ColumnTally.BLOCK) {
      int count = Math.min(ColumnTally.BLOCK, table.rows() - from);
      tally.read(table.column(column), from, count);
      tally.add(count, levels, from);
    }
  }

  /** Returns the profile of all rows that were added until now. */
  public Profile snapshot() {
    flush();
    return new Profile(
        rows, IntStream.range(0, tallies.length).mapToObj(i -> tallies[i].profile()).toList());
  }
}
