package dev.mlstack.data.check;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One pass over data that computes all rules, table by table in order, for who must know at once
 * which rows to set aside. Not safe for use by several threads at once.
 */
public final class CheckRun {

  private final List<RuleRun> runs;
  private long rows;

  CheckRun(List<Rule> rules, Schema schema) {
    this.runs =
        rules.stream().map(rule -> new RuleRun(rule, rule.start(schema).begin())).toList();
  }

  /**
   * Tests the rows of a table, whose identities are their lines.
   *
   * @return the rows to set aside, each with the first rule that it fails of those that say so
   */
  public SortedMap<Integer, Failure> test(Table table) {
    SortedMap<Integer, Failure> setAside = new TreeMap<>();
    rows += table.rows();
    for (RuleRun run : runs) {
      boolean aside = run.rule().severity() == Severity.SET_ASIDE;
      run.test(
          table,
          (row, problem) -> {
            if (aside && !setAside.containsKey(row)) {
              String value = run.found().shown(table, row).value();
              setAside.put(row, new Failure(run.rule(), value, problem));
            }
          });
    }
    return setAside;
  }

  /** Returns what all tables came to so far. */
  public CheckReport report() {
    return new CheckReport(rows, runs.stream().map(RuleRun::result).toList());
  }

  /**
   * A row fails a rule.
   *
   * @param rule which
   * @param value the values of its columns, as they would stand in a file
   * @param problem what is wrong with them
   */
  public record Failure(Rule rule, String value, String problem) {}
}
