package dev.mlstack.data.check;

import dev.mlstack.data.internal.CellText;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Tests all rows against one rule, and counts. */
final class RuleRun {

  private final Rule rule;
  private final int column;
  private final Expectation.Test test;
  private final List<CheckReport.FailedRow> first = new ArrayList<>();
  private long failures;

  RuleRun(Rule rule, int column, Expectation.Test test) {
    this.rule = rule;
    this.column = column;
    this.test = test;
  }

  Rule rule() {
    return rule;
  }

  /** Tests the rows of a table; {@code failed} hears of each that fails, with what is wrong. */
  void test(Table table, BiConsumer<Integer, String> failed) {
    Expectation.RowTest rows = test.of(table, column);
    for (int row = 0; row < table.rows(); row++) {
      String problem = rows.test(row);
      if (problem != null) {
        failures++;
        if (first.size() < CheckReport.MAX_FAILED_ROWS) {
          String value = CellText.of(table.column(column), row);
          first.add(new CheckReport.FailedRow(table.rowId(row), value));
        }
        failed.accept(row, problem);
      }
    }
  }

  CheckReport.Result result() {
    return new CheckReport.Result(rule, failures, first);
  }
}
