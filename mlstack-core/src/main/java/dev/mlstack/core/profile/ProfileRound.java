package dev.mlstack.core.profile;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.compute.Rounds;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Profiles a dataset in a single round. A block is several shards, because a tally is large beside
 * a small shard.
 */
final class ProfileRound implements Rounds<Optional<Profile>, Profile, List<Shard>> {

  private final Dataset data;
  private final Execution execution;
  private final AtomicLong done = new AtomicLong();

  /**
   * Prepares the round.
   *
   * @param execution may be cancelled between any two tables
   */
  ProfileRound(Dataset data, Execution execution) {
    this.data = data;
    this.execution = execution;
  }

  @Override
  public Optional<Profile> start() {
    return Optional.empty();
  }

  @Override
  public boolean done(Optional<Profile> profile) {
    return profile.isPresent();
  }

  @Override
  public Profile partial(Optional<Profile> nothing, List<Shard> shards) {
    ProfileAccumulator rows = new ProfileAccumulator(data.schema());
    for (Shard shard : shards) {
      try (TableReader reader = shard.open()) {
        for (Table table = reader.next(); table != null; table = reader.next()) {
          execution.checkCancelled(Profile.TASK);
          rows.add(table);
        }
      }
    }
    execution.report(Progress.of(Profile.TASK, done.addAndGet(rows.rows()), data.rows()));
    return rows.snapshot();
  }

  @Override
  public Profile merge(Profile left, Profile right) {
    return left.merge(right);
  }

  @Override
  public Optional<Profile> update(Optional<Profile> nothing, Profile total) {
    return Optional.of(total);
  }
}
