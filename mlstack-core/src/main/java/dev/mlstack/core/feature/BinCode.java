package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Makes a code of the bin that a number is in; a missing one has a code of its own, the last.
 *
 * @param borders what divides the bins
 */
public record BinCode(Borders borders) implements FittedTransform.NumberToCode {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("bin-code", 1);

  static BinCode load(Value.Doc parameters) {
    return new BinCode(Borders.load(parameters));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return borders.describe().build();
  }

  @Override
  public int cardinality() {
    return borders.bins() + 1;
  }

  @Override
  public int apply(double value) {
    return Double.isNaN(value) ? borders.bins() : borders.bin(value);
  }
}
