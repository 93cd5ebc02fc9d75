package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests rows against one rule, and keeps what it finds. */
final class RuleRun {

  private final Rule rule;
  private final RuleTest.Part part;
  private final Found found;

  RuleRun(Rule rule, RuleTest.Part part) {
    this(rule, part, new Found(rule.columns()));
  }

  private RuleRun(Rule rule, RuleTest.Part part, Found found) {
    this.rule = rule;
    this.part = part;
    this.found = found;
  }

  /** Puts together what runs have found in shares of the rows, in their order. */
  static RuleRun join(RuleTest test, List<RuleRun> runs, Execution execution) {
    List<Found> founds = runs.stream().map(run -> run.found).toList();
    RuleTest.Part all =
        test.join(runs.stream().map(run -> run.part).toList(), founds, execution);
    Found found = founds.get(0);
    founds.subList(1, founds.size()).forEach(found::append);
    RuleTest.LateRows late = all.late();
    if (late != null) {
      found.count(late.count());
    }
    return new RuleRun(runs.get(0).rule, all, found);
  }

  Rule rule() {
    return rule;
  }

  Found found() {
    return found;
  }

  RuleTest.@Nullable LateRows late() {
    return part.late();
  }

  /** Tests the rows of a table. */
  void test(Table table) {
    part.test(table, found);
  }

  /** Tests the rows of a table; {@code listener} hears of each that fails, with what is wrong. */
  void test(Table table, Found.Listener listener) {
    found.listen(listener);
    part.test(table, found);
  }

  CheckReport.Result result() {
    RuleTest.Measured measured = part.measured();
    return measured == null
        ? new CheckReport.Result(rule, found.count(), found.first())
        : new CheckReport.Result(rule, measured.holds() ? 0 : 1, List.of(), measured.text());
  }
}
