package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Chain;
import dev.mlstack.core.feature.ChainBlocks;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.table.Table;
import java.util.List;
import java.util.Optional;

/**
 * A chain whose first steps are fitted and whose next one is being fitted. Immutable.
 *
 * @param chain what is read, with the steps that are fitted
 * @param seed the seed of random draws
 * @param todo the steps that are not, the next one first
 * @param step the next one; empty if all are fitted
 */
record ChainFit(Chain chain, long seed, List<Transform> todo, Optional<StepFit> step) {

  static ChainFit start(PlannedChain planned, long seed) {
    Chain chain = new Chain(planned.input(), planned.reading(), List.of());
    return settled(chain, seed, planned.steps());
  }

  /** Returns the fit of a chain after all steps that need no more data. */
  private static ChainFit settled(Chain fitted, long seed, List<Transform> steps) {
    Chain chain = fitted;
    for (int i = 0; i < steps.size(); i++) {
      StepFit step = begin(chain, seed, steps.get(i));
      if (!step.done()) {
        return new ChainFit(chain, seed, steps.subList(i, steps.size()), Optional.of(step));
      }
      chain = chain.then(step.result());
    }
    return new ChainFit(chain, seed, List.of(), Optional.empty());
  }

  private static StepFit begin(Chain chain, long seed, Transform step) {
    ValueKind kind =
        chain
            .kind()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the step "
                            + step.operation()
                            + " on column '"
                            + chain.name()
                            + "' has nothing to work on: the steps before it are complete"));
    try {
      return StepFit.start(step, kind, seed);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the step "
              + step.operation()
              + " does not fit column '"
              + chain.name()
              + "': "
              + e.getMessage(),
          e);
    }
  }

  boolean done() {
    return step.isEmpty();
  }

  /** Returns what the next step asks to see beside each value. */
  Optional<Transform.Target> target() {
    return step.flatMap(next -> todo.get(0).target());
  }

  /** Returns the next values of the step that is being fitted, in a form that it takes. */
  ValueBlock read(ChainBlocks blocks, Table table, int from, int count) {
    return step.orElseThrow().takesEncodedTexts()
        ? blocks.readEncoded(chain, table, from, count, table::rowId)
        : blocks.read(chain, table, from, count, table::rowId);
  }

  StepPart nothing() {
    return step.orElseThrow().nothing(target().isPresent());
  }

  StepPart add(StepPart sum, ValueBlock block) {
    return step.orElseThrow().add(sum, block);
  }

  /** Returns the fit after a round to which all values have contributed {@code total}. */
  ChainFit next(StepPart total) {
    StepFit next = step.orElseThrow().next(total);
    return next.done()
        ? settled(chain.then(next.result()), seed, todo.subList(1, todo.size()))
        : new ChainFit(chain, seed, todo, Optional.of(next));
  }
}
