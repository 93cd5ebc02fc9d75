package dev.mlstack.data.transform;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import dev.mlstack.core.compute.LocalRounds;
import dev.mlstack.core.feature.Chain;
import dev.mlstack.core.feature.ChainBlocks;
import dev.mlstack.core.feature.Pipelines;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fits all chains of a plan together. Each round is one pass over the data, in which every chain
 * that is not done does the next round of the step that it is at; so there are as many passes as
 * the longest chain has rounds. Threads take shards from a queue, and each contributes what the
 * steps make of all that it took, in the order of their chains: what a step counts may be large
 * beside a shard, so there is one for each thread.
 */
final class PipelineFit implements Rounds<List<ChainFit>, List<StepPart>, ShardQueue> {

  private final List<PlannedChain> plan;
  private final FitProgress progress;
  private final Execution execution;
  private final LaterThanEvent later;
  private final long seed;

  private PipelineFit(List<PlannedChain> plan, Dataset train, long seed, Execution execution) {
    this.plan = plan;
    this.progress = new FitProgress(train.rows(), execution);
    this.execution = execution;
    this.later = new LaterThanEvent(train.schema(), plan);
    this.seed = seed;
  }

  static FittedPipeline fit(
      List<Part> parts, Dataset train, Set<String> targets, long seed, Execution execution) {
    Schema schema = train.schema();
    List<PlannedChain> plan = PlannedChain.of(parts, schema, targets);
    if (train.rows() == 0) {
      throw new IllegalArgumentException("train must have at least 1 row but has none");
    }
    List<Shard> shards = train.shards();
    PipelineFit rounds = new PipelineFit(plan, train, seed, execution);
    int threads = Math.min(execution.parallelism(), shards.size());
    List<ChainFit> fitted = rounds.start();
    while (!rounds.done(fitted)) {
      ShardQueue queue = new ShardQueue(shards);
      fitted = LocalRounds.next(rounds, fitted, threads, thread -> queue, execution);
    }
    List<Chain> chains =
        fitted.stream().map(ChainFit::chain).filter(c -> !c.slots(schema).isEmpty()).toList();
    Set<String> read =
        chains.stream().flatMap(c -> c.input().columns().stream()).collect(Collectors.toSet());
    Schema input =
        Schema.of(schema.fields().stream().filter(field -> read.contains(field.name())).toList());
    return Pipelines.of(input, chains);
  }

  @Override
  public List<ChainFit> start() {
    return plan.stream().map(chain -> ChainFit.start(chain, seed)).toList();
  }

  @Override
  public boolean done(List<ChainFit> state) {
    return state.stream().allMatch(ChainFit::done);
  }

  @Override
  public List<StepPart> partial(List<ChainFit> state, ShardQueue shards) {
    List<ChainFit> open = open(state);
    List<StepPart> parts = new ArrayList<>(open.stream().map(ChainFit::nothing).toList());
    ChainBlocks blocks = new ChainBlocks(BLOCK_ROWS);
    boolean read = false;
    try {
      for (Shard shard = shards.poll(); shard != null; shard = shards.poll()) {
        add(shard, open, parts, blocks);
      }
      read = true;
    } finally {
      if (!read) {
        shards.close();
      }
    }
    return parts;
  }

  /** Adds what a shard contributes to what others did. */
  private void add(Shard shard, List<ChainFit> open, List<StepPart> parts, ChainBlocks blocks) {
    try (TableReader reader = shard.open()) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        execution.checkCancelled("fitting features");
        later.check(table);
        for (int i = 0; i < parts.size(); i++) {
          parts.set(i, add(table, open.get(i), parts.get(i), blocks));
        }
        progress.read(table.rows());
      }
    }
  }

  private static List<ChainFit> open(List<ChainFit> state) {
    return state.stream().filter(chain -> !chain.done()).toList();
  }

  private static StepPart add(Table table, ChainFit fit, StepPart before, ChainBlocks blocks) {
    StepPart part = before;
    Optional<TargetReader> target = fit.target().map(t -> new TargetReader(t, table));
    for (int from = 0; from < table.rows(); from += BLOCK_ROWS) {
      int start = from;
      int count = Math.min(BLOCK_ROWS, table.rows() - from);
      ValueBlock block = fit.read(blocks, table, from, count);
      part = fit.add(part, target.map(t -> t.label(block, start)).orElse(block));
    }
    return part;
  }

  @Override
  public List<StepPart> merge(List<StepPart> left, List<StepPart> right) {
    List<StepPart> merged = new ArrayList<>(left.size());
    for (int i = 0; i < left.size(); i++) {
      merged.add(left.get(i).merge(right.get(i)));
    }
    return merged;
  }

  @Override
  public List<ChainFit> update(List<ChainFit> state, List<StepPart> total) {
    progress.passed();
    Iterator<StepPart> parts = total.iterator();
    return state.stream().map(chain -> chain.done() ? chain : chain.next(parts.next())).toList();
  }
}
