package dev.mlstack.core.profile;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Profiles columns in rounds over the shards of a dataset: one for texts and tensors, several for
 * numbers, until all their quantiles are found. A block is several shards, because a tally is large
 * beside a small shard.
 */
final class ProfileRounds implements Rounds<List<ColumnScan>, List<Tally>, List<Shard>> {

  private final Schema schema;
  private final int[] fields;
  private final Execution execution;

  /**
   * Prepares rounds.
   *
   * @param schema the schema of the shards
   * @param fields the indexes of the columns to profile
   * @param execution may be cancelled between any two tables
   */
  ProfileRounds(Schema schema, int[] fields, Execution execution) {
    this.schema = schema;
    this.fields = fields;
    this.execution = execution;
  }

  @Override
  public List<ColumnScan> start() {
    List<ColumnScan> scans = new ArrayList<>();
    for (int field : fields) {
      scans.add(ColumnScan.start(schema.field(field), fields.length));
    }
    return scans;
  }

  @Override
  public boolean done(List<ColumnScan> scans) {
    return scans.stream().allMatch(ColumnScan::done);
  }

  @Override
  public List<Tally> partial(List<ColumnScan> scans, List<Shard> shards) {
    List<Tally> tallies = scans.stream().map(ColumnScan::tally).toList();
    for (Shard shard : shards) {
      try (TableReader reader = shard.open()) {
        for (Table table = reader.next(); table != null; table = reader.next()) {
          execution.checkCancelled(Profile.TASK);
          add(table, tallies);
        }
      }
    }
    return tallies;
  }

  private void add(Table table, List<Tally> tallies) {
    for (int i = 0; i < fields.length; i++) {
      if (tallies.get(i) != Tally.NOTHING) {
        tallies.get(i).add(table.column(fields[i]));
      }
    }
  }

  @Override
  public List<Tally> merge(List<Tally> left, List<Tally> right) {
    for (int i = 0; i < fields.length; i++) {
      left.get(i).merge(right.get(i));
    }
    return left;
  }

  @Override
  public List<ColumnScan> update(List<ColumnScan> scans, List<Tally> total) {
    List<ColumnScan> next = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      next.add(scans.get(i).next(total.get(i)));
    }
    return next;
  }
}
