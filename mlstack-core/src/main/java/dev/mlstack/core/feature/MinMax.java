package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Objects;

/**
 * Moves and stretches numbers so that a range becomes 0 to 1. Numbers outside of the range come to
 * lie below 0 or above 1; what is missing stays so. If the range is one point, that becomes 0 and
 * nothing is stretched.
 */
public final class MinMax implements FittedTransform.NumberToNumber {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("min-max", 1);

  private static final String MIN = "min";
  private static final String MAX = "max";

  private final double min;
  private final double max;

  /** 1, or 1/2 if the width of the range would overflow. */
  private final double unit;

  private final double start;
  private final double width;

  /**
   * Creates the step.
   *
   * @param min what becomes 0; finite
   * @param max what becomes 1; finite, at least {@code min}
   */
  public MinMax(double min, double max) {
    Parameters.requireFinite(MIN, min);
    Parameters.requireFinite(MAX, max);
    if (max < min) {
      throw new IllegalArgumentException("max must be at least " + min + " but was " + max);
    }
    this.min = min;
    this.max = max;
    this.unit = Double.isInfinite(max - min) ? 0.5 : 1;
    this.start = min * unit;
    this.width = max == min ? 1 : max * unit - start;
  }

  static MinMax load(Value.Doc parameters) {
    return new MinMax(parameters.real(MIN), parameters.real(MAX));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(MIN, min).put(MAX, max).build();
  }

  @Override
  public double apply(double value) {
    return (value * unit - start) / width;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof MinMax other && parameters().equals(other.parameters());
  }

  @Override
  public int hashCode() {
    return Objects.hash(min, max);
  }
}
