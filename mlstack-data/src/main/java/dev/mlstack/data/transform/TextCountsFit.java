package dev.mlstack.data.transform;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import java.util.Optional;
import java.util.function.Function;

/** Fits a step to how often each text of a column occurs, in one round. */
final class TextCountsFit implements Transform.Fit<Optional<TextCounts>, TextCounts> {

  private final Function<TextCounts, FittedTransform> result;

  TextCountsFit(Function<TextCounts, FittedTransform> result) {
    this.result = result;
  }

  @Override
  public Optional<TextCounts> start() {
    return Optional.empty();
  }

  @Override
  public boolean done(Optional<TextCounts> state) {
    return state.isPresent();
  }

  @Override
  public TextCounts partial(Optional<TextCounts> state, ValueBlock block) {
    return TextCounts.of(block);
  }

  @Override
  public TextCounts add(Optional<TextCounts> state, TextCounts sum, ValueBlock block) {
    sum.add(block);
    return sum;
  }

  @Override
  public boolean takesEncodedTexts() {
    return true;
  }

  @Override
  public TextCounts merge(TextCounts left, TextCounts right) {
    return left.merge(right);
  }

  @Override
  public Optional<TextCounts> update(Optional<TextCounts> state, TextCounts total) {
    return Optional.of(total);
  }

  @Override
  public FittedTransform result(Optional<TextCounts> state) {
    return result.apply(state.orElseThrow());
  }
}
