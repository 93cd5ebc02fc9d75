package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * Says whether a number is missing: makes an indicator of it if one was missing in training, and
 * nothing at all if none was.
 *
 * @param seen whether a number was missing in training
 */
public record MissingNumber(boolean seen) implements FittedTransform.NumberToIndicators {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("missing", 1);

  private static final String SEEN = "seen";

  static MissingNumber load(Value.Doc parameters) {
    return new MissingNumber(parameters.flag(SEEN));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(SEEN, seen).build();
  }

  @Override
  public List<String> indicators() {
    return seen ? List.of(OneHot.MISSING) : List.of();
  }

  @Override
  public int apply(double value) {
    return seen && Double.isNaN(value) ? 0 : -1;
  }
}
