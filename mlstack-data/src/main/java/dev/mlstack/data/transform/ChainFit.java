package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Chain;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chain whose first steps are fitted and whose next one is being fitted. Immutable.
 *
 * @param chain the column with the steps that are fitted
 * @param todo the steps that are not, the next one first
 * @param step the next one; empty if all are fitted
 */
record ChainFit(Chain chain, List<Transform> todo, Optional<StepFit> step) {

  static ChainFit start(PlannedChain planned) {
    return settled(new Chain(planned.column(), planned.reading(), List.of()), planned.steps());
  }

  /** Returns the fit of a chain after all steps that need no more data. */
  private static ChainFit settled(Chain fitted, List<Transform> steps) {
    Chain chain = fitted;
    for (int i = 0; i < steps.size(); i++) {
      StepFit step = begin(chain, steps.get(i));
      if (!step.done()) {
        return new ChainFit(chain, steps.subList(i, steps.size()), Optional.of(step));
      }
      chain = with(chain, step.result());
    }
    return new ChainFit(chain, List.of(), Optional.empty());
  }

  private static StepFit begin(Chain chain, Transform step) {
    ValueKind kind =
        chain
            .kind()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the step "
                            + step.operation()
                            + " on column '"
                            + chain.column()
                            + "' has nothing to work on: the steps before it are complete"));
    try {
      return StepFit.start(step, kind);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the step "
              + step.operation()
              + " does not fit column '"
              + chain.column()
              + "': "
              + e.getMessage(),
          e);
    }
  }

  private static Chain with(Chain chain, FittedTransform step) {
    List<FittedTransform> steps = new ArrayList<>(chain.steps());
    steps.add(step);
    return new Chain(chain.column(), chain.reading(), steps);
  }

  boolean done() {
    return step.isEmpty();
  }

  StepPart nothing() {
    return step.orElseThrow().nothing();
  }

  StepPart partial(ValueBlock block) {
    return step.orElseThrow().partial(block);
  }

  /** Returns the fit after a round to which all values have contributed {@code total}. */
  ChainFit next(StepPart total) {
    StepFit next = step.orElseThrow().next(total);
    return next.done()
        ? settled(with(chain, next.result()), todo.subList(1, todo.size()))
        : new ChainFit(chain, todo, Optional.of(next));
  }
}
