package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ImputeNumber;
import dev.mlstack.core.feature.ImputeText;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Puts a statistic where a value is missing.
 *
 * @param by which one
 */
record Imputation(Impute by) implements Transform {

  @Override
  public VersionedName operation() {
    return ImputeNumber.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put("by", by.name()).build();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    return switch (by) {
      case MEAN -> {
        Kinds.require(ValueKind.NUMBER, kind);
        yield OneRound.ofNumbers(
            FiniteSum::of, FiniteSum::merge, sum -> new ImputeNumber(sum.mean()));
      }
      case MEDIAN -> {
        Kinds.require(ValueKind.NUMBER, kind);
        yield new OrderFit(numbers -> new ImputeNumber(numbers.median()));
      }
      case MOST_FREQUENT ->
          kind == ValueKind.NUMBER
              ? OneRound.ofNumbers(
                  FiniteNumbers::of,
                  FiniteNumbers::merge,
                  numbers -> new ImputeNumber(numbers.mostFrequent()))
              : new TextCountsFit(counts -> new ImputeText(counts.mostFrequent().orElse("")));
    };
  }
}
