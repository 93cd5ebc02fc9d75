package dev.mlstack.data.version;

import dev.mlstack.data.internal.CellText;
import dev.mlstack.data.internal.RowBytes;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which rows of a dataset are meant.
 *
 * <pre>{@code
 * loans.delete(RowSelection.where(row -> row.number(2) < 0), "no amount is negative");
 * loans.delete(RowSelection.having("customer", "c-17", "c-99"), "they have left");
 * }</pre>
 *
 * <p>Immutable, and safe for use by several threads if a given predicate is.
 */
public final class RowSelection {

  private final Test test;
  private final Predicate<String> mention;

  private RowSelection(Test test, Predicate<String> mention) {
    this.test = test;
    this.mention = mention;
  }

  private interface Test {
    BitSet in(Table table);
  }

  /**
   * Returns the rows for which a predicate holds.
   *
   * @param predicate is lent each row for the duration of a call
   */
  public static RowSelection where(Predicate<? super Row> predicate) {
    return new RowSelection(
        table -> {
          BitSet found = new BitSet();
          for (TableCursor row = table.cursor(); row.next(); ) {
            if (predicate.test(row)) {
              found.set(row.index());
            }
          }
          return found;
        },
        text -> true);
  }

  /**
   * Returns the rows that have one of some values in a column. Where there is no such column, there
   * are none.
   *
   * @param values as they would stand in a file: {@code 17}, {@code 2026-01-31}, {@code ada}
   */
  public static RowSelection having(String column, Object... values) {
    Set<String> texts =
        Arrays.stream(values)
            .map(String::valueOf)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new RowSelection(
        table -> {
          OptionalInt index = table.schema().find(column);
          return index.isPresent() ? in(table.column(index.getAsInt()), texts) : new BitSet();
        },
        text -> texts.stream().anyMatch(value -> mentions(text, value)));
  }

  /** Tells whether a text has a value that is not part of a longer word or number. */
  private static boolean mentions(String text, String value) {
    for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      int end = at + value.length();
      boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static BitSet in(ColumnData column, Set<String> texts) {
    BitSet found = new BitSet();
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isNull(row) && texts.contains(CellText.of(column, row))) {
        found.set(row);
      }
    }
    return found;
  }

  /** Returns the rows of some identities; see {@link Table#rowId}. */
  public static RowSelection withIds(long... ids) {
    IdSet set = new IdSet();
    for (long id : ids) {
      set.add(id);
    }
    return new RowSelection(table -> in(table, set), text -> true);
  }

  private static BitSet in(Table table, IdSet ids) {
    BitSet found = new BitSet();
    for (int row = 0; row < table.rows(); row++) {
      if (ids.contains(table.rowId(row))) {
        found.set(row);
      }
    }
    return found;
  }

  /**
   * Returns the rows that have the keys of those of another dataset.
   *
   * @param keys has at least the columns that are keys where the rows are looked for; is read each
   *     time this is used
   */
  public static RowSelection withKeysOf(Dataset keys) {
    return new RowSelection(
        new Test() {
          private final Map<List<String>, IdSet> known = new ConcurrentHashMap<>();

          @Override
          public BitSet in(Table table) {
            int[] fields = RowIdentities.keys(table.schema());
            List<String> names =
                Arrays.stream(fields).mapToObj(i -> table.schema().field(i).name()).toList();
            if (names.isEmpty()) {
              throw new DataException(
                  "these rows have no keys; say by other means which are meant");
            }
            return RowSelection.in(table, known.computeIfAbsent(names, n -> ids(keys, n)));
          }
        },
        text -> true);
  }

  private static IdSet ids(Dataset keys, List<String> names) {
    Schema schema = keys.schema();
    int[] fields = names.stream().mapToInt(schema::indexOf).toArray();
    IdSet ids = new IdSet();
    keys.forEach(
        table -> {
          RowBytes bytes = new RowBytes(table, fields);
          for (int row = 0; row < table.rows(); row++) {
            ids.add(bytes.write(row).hash(0));
          }
        });
    return ids;
  }

  /** Returns the rows that were set aside and may be such rows. */
  RowSelection amongRejected() {
    int value = RejectedRows.SCHEMA.indexOf("value");
    int text = RejectedRows.SCHEMA.indexOf("text");
    return where(row -> mayBeIn(row.text(value)) || mayBeIn(row.text(text)));
  }

  private boolean mayBeIn(@Nullable String text) {
    return text != null && mention.test(text);
  }

  /** Returns the edits that remove these rows. */
  Rewrite.Edits removal() {
    return new Rewrite.Edits() {
      @Override
      public BitSet in(Table table) {
        return RowSelection.this.in(table);
      }

      @Override
      public void replace(Table table, int row, SnapshotWriter writer) {
        // Nothing stands in its place.
      }
    };
  }

  /** Returns which rows of a table are meant. */
  BitSet in(Table table) {
    return test.in(table);
  }
}
