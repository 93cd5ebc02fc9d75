package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an indicator of each bin, of which that is 1 which a number is in.
 *
 * @param borders what divides the bins
 * @param missing whether missing numbers have an indicator; otherwise they set none
 */
public record BinOneHot(Borders borders, boolean missing)
    implements FittedTransform.NumberToIndicators {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("bin-one-hot", 1);

  private static final String MISSING = "missing";

  static BinOneHot load(Value.Doc parameters) {
    return new BinOneHot(Borders.load(parameters), parameters.flag(MISSING));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return borders.describe().put(MISSING, missing).build();
  }

  @Override
  public List<String> indicators() {
    List<String> names = new ArrayList<>(borders.names());
    if (missing) {
      names.add(OneHot.MISSING);
    }
    return names;
  }

  @Override
  public int apply(double value) {
    if (Double.isNaN(value)) {
      return missing ? borders.bins() : -1;
    }
    return borders.bin(value);
  }
}
