package dev.mlstack.data.version;

import dev.mlstack.store.VersionedName;

/**
 * How a snapshot is stored, version 1.
 *
 * <p><b>Objects.</b> All are contents.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>type</th><th>payload</th><th>edges, all of which hold</th></tr>
 * <tr><td>{@code snapshot/1}</td><td>canonical JSON {@code {"groups": [rows of each], "rows": rows
 *     of all, "schema": […]}}</td><td>{@code group.0}, {@code group.1}, … in the order of the rows,
 *     to {@code group/1}</td></tr>
 * <tr><td>{@code group/1}</td><td>canonical JSON {@code {"rows": …}}</td><td>{@code ids}, {@code
 *     column.0}, {@code column.1}, … in the order of the schema, to {@code column/1}</td></tr>
 * <tr><td>{@code column/1}</td><td>the bytes that {@link dev.mlstack.core.table.ColumnCodec} gives
 *     for the column of one group; those of {@code ids} are the identities as required 64-bit
 *     numbers</td><td>none</td></tr>
 * </table>
 *
 * <p><b>Order.</b> Rows stand in the order of their source.
 *
 * <p><b>Identity.</b> Each row has 64 bits that tell it apart, made by XXH64 of the bytes that
 * {@link dev.mlstack.data.internal.RowBytes} writes:
 *
 * <ul>
 *   <li>If the schema has keys, of the values of the keys in the order of the schema, with seed 0.
 *       No two rows have equal keys.
 *   <li>If not, of the values of all columns, with seed 0; where n equal rows came before, with
 *       seed n. (Rows whose hashes with seed 0 are equal count as equal here.)
 *   <li>A row that a later snapshot keeps, keeps its identity. Rows without keys that are added
 *       behind others take the first seed that gives an identity not taken.
 * </ul>
 *
 * <p><b>Groups</b> are cut by content, so that what is equal in two snapshots is stored once,
 * whatever was inserted or removed elsewhere. A group ends with the first row
 *
 * <ol>
 *   <li>of whose identity, scrambled, the lowest 10 bits are 0, where {@code scrambled(x) = mix(x +
 *       0x9E3779B97F4A7C15)} and {@code mix} is the finaliser of SplitMix64: {@code z ^= z >>> 30;
 *       z *= 0xBF58476D1CE4E5B9; z ^= z >>> 27; z *= 0x94D049BB133111EB; z ^= z >>> 31};
 *   <li>or with which the group has 4,096 rows;
 *   <li>or with which one of its columns of text or tensors has 16 MiB or more, a text counting its
 *       bytes in UTF-8 and 4 more, a tensor 4 bytes for each number;
 *   <li>or that is the last.
 * </ol>
 *
 * <p>So a group has 1,024 rows on average, and a change in one place stores the groups that it
 * touches, some thousand rows, anew. A snapshot without rows has no groups.
 */
final class SnapshotFormat {

  static final VersionedName SNAPSHOT = new VersionedName("snapshot", 1);
  static final VersionedName GROUP = new VersionedName("group", 1);
  static final VersionedName COLUMN = new VersionedName("column", 1);

  static final String IDS = "ids";

  /** The most rows of a group. */
  static final int MAX_GROUP_ROWS = 4096;

  /** A group ends with the row with which a column has this many bytes. */
  static final long MAX_GROUP_BYTES = 16 << 20;

  /** The most bytes that one value may have, so that every column of a group can be stored. */
  static final long MAX_VALUE_BYTES = 32 << 20;

  private static final long CUT_MASK = (1 << 10) - 1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SnapshotFormat() {}

  static String group(int index) {
    return "group." + index;
  }

  static String column(int index) {
    return "column." + index;
  }

  /** Tells whether a group ends with the row of this identity. */
  static boolean endsGroup(long rowId) {
    return (scrambled(rowId) & CUT_MASK) == 0;
  }

  private static long scrambled(long rowId) {
    long z = rowId + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
