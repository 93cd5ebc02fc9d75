package dev.mlstack.data.check;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import dev.mlstack.core.compute.LocalRounds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Computes several things at once, and gives them in order. */
final class Parallel<T> implements Rounds<Map<Integer, T>, Map<Integer, T>, Integer> {

  private final IntFunction<T> task;

  private Parallel(IntFunction<T> task) {
    this.task = task;
  }

  /** Returns what a task gives for the numbers from 0 to {@code count - 1}, 1 or more. */
  static <T> List<T> map(int count, IntFunction<T> task, Execution execution) {
    Parallel<T> rounds = new Parallel<>(task);
    Map<Integer, T> all = LocalRounds.run(rounds, count, i -> i, execution);
    return List.copyOf(all.values());
  }

  @Override
  public Map<Integer, T> start() {
    return Map.of();
  }

  @Override
  public boolean done(Map<Integer, T> state) {
    return !state.isEmpty();
  }

  @Override
  public Map<Integer, T> partial(Map<Integer, T> state, Integer block) {
    Map<Integer, T> one = new TreeMap<>();
    one.put(block, task.apply(block));
    return one;
  }

  @Override
  public Map<Integer, T> merge(Map<Integer, T> left, Map<Integer, T> right) {
    left.putAll(right);
    return left;
  }

  @Override
  public Map<Integer, T> update(Map<Integer, T> state, Map<Integer, T> total) {
    return total;
  }
}
