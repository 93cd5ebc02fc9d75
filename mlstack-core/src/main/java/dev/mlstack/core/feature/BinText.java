package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a text of a number: the name of the bin that it is in. What is missing stays so. */
public final class BinText implements FittedTransform.NumberToText {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("bin-text", 1);

  private final Borders borders;
  private final List<String> names;

  /**
   * Creates the step.
   *
   * @param borders what divides the bins
   */
  public BinText(Borders borders) {
    this.borders = borders;
    this.names = borders.names();
  }

  static BinText load(Value.Doc parameters) {
    return new BinText(Borders.load(parameters));
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
  public @Nullable String apply(double value) {
    return Double.isNaN(value) ? null : names.get(borders.bin(value));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof BinText other && borders.equals(other.borders);
  }

  @Override
  public int hashCode() {
    return borders.hashCode();
  }
}
