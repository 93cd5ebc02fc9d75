package dev.mlstack.data.check;

import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One pass over data that computes all rules. Not safe for use by several threads at once. */
public final class CheckRun {

  private final List<RuleRun> runs;
  private long rows;

  CheckRun(List<Rule> rules, Schema schema) {
    this.runs = rules.stream().map(rule -> rule.start(schema)).toList();
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
            if (aside) {
              setAside.putIfAbsent(row, new Failure(run.rule(), problem));
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
   * @param problem what is wrong with its value
   */
  public record Failure(Rule rule, String problem) {}
}
