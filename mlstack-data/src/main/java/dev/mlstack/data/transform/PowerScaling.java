package dev.mlstack.data.transform;

import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Bends numbers towards a normal distribution.
 *
 * @param family how
 */
record PowerScaling(Power family) implements Transform {

  @Override
  public VersionedName operation() {
    return family.operation();
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.NUMBER, kind);
    return new PowerFit(family);
  }
}
