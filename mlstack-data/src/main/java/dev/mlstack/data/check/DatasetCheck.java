package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Checks a dataset: all rules in one pass over its shards, of which threads take one at a time. */
final class DatasetCheck {

  private static final String TASK = "check data";

  /** More shares than threads, so that all are busy to the end; few, so that little is joined. */
  private static final int SHARES_PER_THREAD = 4;

  private final List<Rule> rules;
  private final List<RuleTest> tests;
  private final Dataset dataset;
  private final Execution execution;
  private final AtomicLong done = new AtomicLong();

  DatasetCheck(List<Rule> rules, Dataset dataset, Execution execution) {
    this.rules = rules;
    this.tests = rules.stream().map(rule -> rule.start(dataset.schema())).toList();
    this.dataset = dataset;
    this.execution = execution;
  }

  CheckReport run() {
    List<Shard> shards = dataset.shards();
    int shares = Math.min(shards.size(), SHARES_PER_THREAD * execution.parallelism());
    List<List<RuleRun>> parts =
        Parallel.map(shares, i -> test(share(shards, i, shares)), execution);
    List<RuleRun> runs =
        IntStream.range(0, rules.size())
            .mapToObj(
                i ->
                    RuleRun.join(
                        tests.get(i), parts.stream().map(part -> part.get(i)).toList(), execution))
            .toList();
    readLateRows(runs.stream().filter(run -> run.late() != null).toList());
    return new CheckReport(
        done.get(),
        runs.stream().map(RuleRun::result).toList(),
        new CheckReport.Checked(dataset, runs.stream().map(run -> run.found().ids()).toList()));
  }

  /** Returns one of several parts of about as many shards. */
  private static List<Shard> share(List<Shard> shards, int index, int shares) {
    long size = shards.size();
    return shards.subList((int) (size * index / shares), (int) (size * (index + 1) / shares));
  }

  private List<RuleRun> test(List<Shard> shards) {
    List<RuleRun> runs = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      runs.add(new RuleRun(rules.get(i), tests.get(i).beginShare()));
    }
    for (Shard shard : shards) {
      try (TableReader reader = shard.open()) {
        for (Table table = reader.next(); table != null; table = reader.next()) {
          execution.checkCancelled(TASK);
          for (RuleRun run : runs) {
            run.test(table);
          }
          execution.report(
              Progress.of(TASK, done.addAndGet(table.rows()), dataset.rows()));
        }
      }
    }
    return runs;
  }

  /** Reads rows again whose values are to be shown. */
  private void readLateRows(List<RuleRun> runs) {
    int[] next = new int[runs.size()];
    long start = 0;
    try (TableReader reader = dataset.open()) {
      Table table = anyLeft(runs, next) ? reader.next() : null;
      while (table != null) {
        long end = start + table.rows();
        for (int i = 0; i < next.length; i++) {
          long[] positions = positions(runs.get(i));
          for (; next[i] < positions.length && positions[next[i]] < end; next[i]++) {
            runs.get(i).found().keep(table, (int) (positions[next[i]] - start));
          }
        }
        start = end;
        table = anyLeft(runs, next) ? reader.next() : null;
      }
    }
  }

  private static boolean anyLeft(List<RuleRun> runs, int[] next) {
    return IntStream.range(0, next.length).anyMatch(i -> next[i] < positions(runs.get(i)).length);
  }

  private static long[] positions(RuleRun run) {
    RuleTest.LateRows late = run.late();
    return late == null ? new long[0] : late.positions();
  }
}
