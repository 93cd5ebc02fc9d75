package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Robust;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Subtracts the median and divides by the distance between two quantiles.
 *
 * @param low the fraction of the lower quantile
 * @param high the fraction of the upper quantile
 */
record RobustScaling(double low, double high) implements Transform {

  /** Checks the fractions. */
  RobustScaling {
    Fractions.requirePair(low, high);
  }

  @Override
  public VersionedName operation() {
    return Robust.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put("low", low).put("high", high).build();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.NUMBER, kind);
    return new OrderFit(this::learned, low, high);
  }

  private Robust learned(SortedNumbers numbers) {
    double distance = numbers.quantile(high) - numbers.quantile(low);
    boolean usable = distance > 0 && distance <= Double.MAX_VALUE;
    return new Robust(numbers.median(), usable ? distance : 1);
  }
}
