package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Clip;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Brings numbers outside of two quantiles to the nearer of them.
 *
 * @param low the fraction of the lower quantile
 * @param high the fraction of the upper quantile
 */
record QuantileClip(double low, double high) implements Transform {

  /** Checks the fractions. */
  QuantileClip {
    Fractions.requirePair(low, high);
  }

  @Override
  public VersionedName operation() {
    return Clip.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put("low-quantile", low).put("high-quantile", high).build();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.NUMBER, kind);
    return new OrderFit(
        numbers -> {
          double least = numbers.quantile(low);
          return new Clip(least, Math.max(least, numbers.quantile(high)));
        },
        low,
        high);
  }
}
