package dev.mlstack.core.feature;

import dev.mlstack.core.math.StableMath;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Slot;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * Makes of a number that comes around, such as the hour of a day, the sine and the cosine of where
 * it is in its cycle: so 23 o'clock is as near to 0 as 1 is. A missing one makes both missing.
 *
 * @param start the number at which the cycle begins; finite
 * @param period the number after which it begins again; finite, above 0
 */
public record Cycle(double start, double period) implements FittedTransform.NumberToVector {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("cycle", 1);

  private static final String START = "start";
  private static final String PERIOD = "period";

  /** Checks the numbers. */
  public Cycle {
    Parameters.requireFinite(START, start);
    Parameters.requireFinite(PERIOD, period);
    if (period <= 0) {
      throw new IllegalArgumentException("period must be above 0 but was " + period);
    }
  }

  static Cycle load(Value.Doc parameters) {
    return new Cycle(parameters.real(START), parameters.real(PERIOD));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put(START, start).put(PERIOD, period).build();
  }

  @Override
  public List<Slot> slots(String column) {
    return List.of(
        new Slot(column + ".sin", column, Slot.Kind.NUMBER, 0),
        new Slot(column + ".cos", column, Slot.Kind.NUMBER, 0));
  }

  @Override
  public void apply(double value, float[] to, int at) {
    double turns = (value - start) / period;
    to[at] = (float) StableMath.sinOfTurns(turns);
    to[at + 1] = (float) StableMath.cosOfTurns(turns);
  }
}
