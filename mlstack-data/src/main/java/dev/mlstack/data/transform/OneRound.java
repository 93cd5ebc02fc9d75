package dev.mlstack.data.transform;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * A step that is fitted in one round.
 *
 * @param <P> what blocks contribute
 */
final class OneRound<P> implements Transform.Fit<Optional<P>, P> {

  private final Function<ValueBlock, P> partial;
  private final BinaryOperator<P> merge;
  private final Function<P, FittedTransform> result;

  private OneRound(
      Function<ValueBlock, P> partial,
      BinaryOperator<P> merge,
      Function<P, FittedTransform> result) {
    this.partial = partial;
    this.merge = merge;
    this.result = result;
  }

  /** Returns a fit to numbers. */
  static <P> OneRound<P> ofNumbers(
      Function<ValueBlock.Numbers, P> partial,
      BinaryOperator<P> merge,
      Function<P, FittedTransform> result) {
    return new OneRound<>(block -> partial.apply((ValueBlock.Numbers) block), merge, result);
  }

  /** Returns a fit to texts. */
  static <P> OneRound<P> ofTexts(
      Function<ValueBlock.Texts, P> partial,
      BinaryOperator<P> merge,
      Function<P, FittedTransform> result) {
    return new OneRound<>(block -> partial.apply((ValueBlock.Texts) block), merge, result);
  }

  @Override
  public Optional<P> start() {
    return Optional.empty();
  }

  @Override
  public boolean done(Optional<P> state) {
    return state.isPresent();
  }

  @Override
  public P partial(Optional<P> state, ValueBlock block) {
    return partial.apply(block);
  }

  @Override
  public P merge(P left, P right) {
    return merge.apply(left, right);
  }

  @Override
  public Optional<P> update(Optional<P> state, P total) {
    return Optional.of(total);
  }

  @Override
  public FittedTransform result(Optional<P> state) {
    return result.apply(state.orElseThrow());
  }
}
