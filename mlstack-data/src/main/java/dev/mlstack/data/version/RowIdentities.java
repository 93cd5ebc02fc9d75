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
    return behind(schema, new IdSet());
  }

  /** Returns the identities of rows that come behind others, whose identities are given. */
  static RowIdentities behind(Schema schema, IdSet taken) {
    int[] keys = keys(schema);
    return keys.length > 0
        ? new Keyed(taken, keys)
        : new Unkeyed(taken, IntStream.range(0, schema.size()).toArray());
  }

  /** Returns the indexes of the keys. */
  static int[] keys(Schema schema) {
    return schema.inRole(Role.KEY).stream().map(Field::name).mapToInt(schema::indexOf).toArray();
  }

  /** Stands for the line of a row that was there before. */
  static final long EARLIER = -2;

  /** Hears of rows that have the key of another. */
  interface Duplicates {
    /**
     * Hears of a row.
     *
     * @param line the line on which a row with the same key stands; {@link #EARLIER} if it was
     *     there before
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
    private final IdSet taken;

    Keyed(IdSet taken, int... fields) {
      super(fields);
      this.taken = taken;
    }

    @Override
    long identity(RowBytes bytes, Table table, int row, Duplicates duplicates) {
      long before = keys.add(bytes, table.rowId(row));
      long id = bytes.hash(0);
      if (before != KeyIndex.NEW) {
        duplicates.found(row, before);
      } else if (taken.contains(id)) {
        duplicates.found(row, EARLIER);
      }
      return id;
    }
  }

  private static final class Unkeyed extends RowIdentities {
    private final Occurrences occurrences = new Occurrences();
    private final IdSet taken;

    Unkeyed(IdSet taken, int... fields) {
      super(fields);
      this.taken = taken;
    }

    @Override
    long identity(RowBytes bytes, Table table, int row, Duplicates duplicates) {
      long hash = bytes.hash(0);
      while (true) {
        int before = occurrences.next(hash);
        long id = before == 0 ? hash : bytes.hash(before);
        if (!taken.contains(id)) {
          return id;
        }
      }
    }
  }
}
