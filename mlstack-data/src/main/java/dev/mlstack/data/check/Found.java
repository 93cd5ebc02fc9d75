package dev.mlstack.data.check;

import dev.mlstack.data.internal.CellText;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The rows that fail one rule, in order: their number, and the first of them. */
final class Found {

  /** Hears of rows as they are found. */
  interface Listener {
    /** Hears that a row of the table being tested fails, and why. */
    void failed(int row, String problem);
  }

  private final List<String> columns;
  private final List<CheckReport.FailedRow> first = new ArrayList<>();
  private long[] ids = {};
  private int kept;
  private long count;
  private Listener listener = (row, problem) -> {};

  /** Begins with nothing found; values of the columns are shown. */
  Found(List<String> columns) {
    this.columns = columns;
  }

  void listen(Listener newListener) {
    listener = newListener;
  }

  /** Takes a row that fails. */
  void add(Table table, int row, String problem) {
    count++;
    keep(table, row);
    listener.failed(row, problem);
  }

  /** Takes a row that is counted already. */
  void keep(Table table, int row) {
    if (kept < CheckReport.MAX_FAILED_IDS) {
      if (first.size() < CheckReport.MAX_FAILED_ROWS) {
        first.add(shown(table, row));
      }
      keep(table.rowId(row));
    }
  }

  CheckReport.FailedRow shown(Table table, int row) {
    return new CheckReport.FailedRow(table.rowId(row), text(table, row));
  }

  private String text(Table table, int row) {
    Schema schema = table.schema();
    return columns.stream()
        .map(column -> CellText.of(table.column(schema.indexOf(column)), row))
        .collect(Collectors.joining(", "));
  }

  private void keep(long id) {
    if (kept == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(16, 2 * kept));
    }
    ids[kept++] = id;
  }

  /** Takes a row that stands before all others found. */
  void addFirst(CheckReport.FailedRow row) {
    count++;
    first.add(0, row);
    if (first.size() > CheckReport.MAX_FAILED_ROWS) {
      first.remove(CheckReport.MAX_FAILED_ROWS);
    }
    keep(0);
    System.arraycopy(ids, 0, ids, 1, kept - 1);
    ids[0] = row.line();
    kept = Math.min(kept, CheckReport.MAX_FAILED_IDS);
  }

  /** Counts rows that will be kept when they are read again. */
  void count(long more) {
    count += more;
  }

  /** Takes what was found in rows behind. */
  void append(Found behind) {
    count += behind.count;
    for (CheckReport.FailedRow row : behind.first) {
      if (first.size() < CheckReport.MAX_FAILED_ROWS) {
        first.add(row);
      }
    }
    for (int i = 0; i < behind.kept && kept < CheckReport.MAX_FAILED_IDS; i++) {
      keep(behind.ids[i]);
    }
  }

  long count() {
    return count;
  }

  List<CheckReport.FailedRow> first() {
    return first;
  }

  /** Returns the identities of the first rows, up to {@link CheckReport#MAX_FAILED_IDS}. */
  long[] ids() {
    return Arrays.copyOf(ids, kept);
  }
}
