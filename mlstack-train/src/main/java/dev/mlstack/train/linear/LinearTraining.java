package dev.mlstack.train.linear;

import dev.mlstack.compute.Device;
import dev.mlstack.core.model.RoundsTraining;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Examples;
import dev.mlstack.model.TrainingContext;
import java.util.function.Function;

/** What the linear trainers do alike when they start or go on. */
final class LinearTraining {

  /** So many coefficients are 64 MiB, of which an optimiser needs some 25 copies. */
  static final int MOST_COEFFICIENTS = 1 << 23;

  private LinearTraining() {}

  /**
   * Checks the examples and returns the optimiser for them.
   *
   * @param name what people call the algorithm
   * @param units how many units the model has
   * @param loss chooses the loss after a look at the examples
   */
  static Descent prepare(
      TrainingContext context,
      String name,
      LinearSettings settings,
      int units,
      Function<Moments, Loss> loss) {
    if (!context.device().equals(Device.CPU)) {
      throw new IllegalArgumentException(
          name + " runs on the CPU only but the device was " + context.device());
    }
    RoundsTraining.requireExamples(context);
    requireQuantities(name, context.train());
    requireSize(name, units, context.train().signature().width());
    Moments moments = Survey.of(context.train(), context.execution());
    return new Descent(context.train().signature(), settings, loss.apply(moments), moments);
  }

  private static void requireQuantities(String name, Examples examples) {
    for (Slot slot : examples.layout().slots()) {
      if (slot.kind() == Slot.Kind.CODE) {
        throw new IllegalArgumentException(
            "feature '"
                + slot.name()
                + "' is a code, which "
                + name
                + " would take for a quantity; encode it as indicators");
      }
    }
  }

  private static void requireSize(String name, int units, int width) {
    long coefficients = (long) units * (width + 1);
    if (coefficients > MOST_COEFFICIENTS) {
      throw new IllegalArgumentException(
          name
              + " can have at most "
              + MOST_COEFFICIENTS
              + " coefficients but "
              + units
              + " units of "
              + width
              + " features and an intercept need "
              + coefficients);
    }
  }
}
