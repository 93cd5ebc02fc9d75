package dev.mlstack.data.transform;

import dev.mlstack.core.feature.MinMax;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/** Maps the smallest number to 0 and the largest to 1. */
record MinMaxScaling() implements Transform {

  @Override
  public VersionedName operation() {
    return MinMax.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.NUMBER, kind);
    return OneRound.ofNumbers(
        Range::of, Range::merge, range -> new MinMax(range.min(), range.max()));
  }
}
