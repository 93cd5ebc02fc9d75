package dev.mlstack.data.transform;

import dev.mlstack.core.feature.MissingNumber;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/** Says whether a number is missing, if any is in training. */
record MissingIndicator() implements Transform {

  @Override
  public VersionedName operation() {
    return MissingNumber.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.NUMBER, kind);
    return OneRound.ofNumbers(
        MissingIndicator::anyMissing, (left, right) -> left || right, MissingNumber::new);
  }

  private static boolean anyMissing(ValueBlock.Numbers block) {
    for (int i = 0; i < block.size(); i++) {
      if (Double.isNaN(block.values()[i])) {
        return true;
      }
    }
    return false;
  }
}
