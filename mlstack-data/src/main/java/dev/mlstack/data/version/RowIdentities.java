package dev.mlstack.data.version;

import dev.mlstack.data.internal.CellText;
import dev.mlstack.data.internal.KeyIndex;
import dev.mlstack.data.internal.Occurrences;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gives rows their identities, as {@link SnapshotFormat} says, and finds those whose key has come
 * before. For the tables of one source, in order; remembers every key.
 */
abstract class RowIdentities {

  private final int[] fields;

  RowIdentities(int... fields) {
    this.fields = fields;
  }

  static RowIdentities of(Schema schema) {
    int[] keys =
        schema.inRole(Role.KEY).stream().map(Field::name).mapToInt(schema::indexOf).toArray();
    return keys.length > 0
        ? new Keyed(keys)
        : new Unkeyed(IntStream.range(0, schema.size()).toArray());
  }

  /** Hears of rows that have the key of another. */
  interface Duplicates {
    /**
     * Hears of a row.
     *
     * @param line the line on which a row with the same key stands
     */
    void found(int row, long line);
  }

  /**
   * Returns the identities of the rows of a table.
   *
   * @param skipped rows that get none
   */
  final long[] of(Table table, BitSet skipped, Duplicates duplicates) {
    RowBytes bytes = new RowBytes(table, fields);
    long[] ids = new long[table.rows()];
    for (int row = skipped.nextClearBit(0); row < ids.length; row = skipped.nextClearBit(row + 1)) {
      bytes.write(row);
      ids[row] = identity(bytes, table, row, duplicates);
    }
    return ids;
  }

  abstract long identity(RowBytes bytes, Table table, int row, Duplicates duplicates);

  /** Returns the names of the columns that the identity is made of. */
  final String columns(Schema schema) {
    return IntStream.of(fields)
        .mapToObj(i -> schema.field(i).name())
        .collect(Collectors.joining(", "));
  }

  /** Returns the values that the identity of a row is made of. */
  final String values(Table table, int row) {
    return IntStream.of(fields)
        .mapToObj(i -> CellText.of(table.column(i), row))
        .collect(Collectors.joining(", "));
  }

  private static final class Keyed extends RowIdentities {
    private final KeyIndex keys = new KeyIndex();

    Keyed(int... fields) {
      super(fields);
    }

    @Override
    long identity(RowBytes bytes, Table table, int row, Duplicates duplicates) {
      long before = keys.add(bytes, table.rowId(row));
      if (before != KeyIndex.NEW) {
        duplicates.found(row, before);
      }
      return bytes.hash(0);
    }
  }

  private static final class Unkeyed extends RowIdentities {
    private final Occurrences occurrences = new Occurrences();

    Unkeyed(int... fields) {
      super(fields);
    }

    @Override
    long identity(RowBytes bytes, Table table, int row, Duplicates duplicates) {
      long hash = bytes.hash(0);
      int before = occurrences.next(hash);
      return before == 0 ? hash : bytes.hash(before);
    }
  }
}
