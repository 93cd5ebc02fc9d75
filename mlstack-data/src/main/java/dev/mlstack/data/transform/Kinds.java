package dev.mlstack.data.transform;

import dev.mlstack.feature.ValueKind;
import java.util.Locale;

/** Checks what reaches a step. */
final class Kinds {

  private Kinds() {}

  /** Checks that what reaches a step is what it takes. */
  static void require(ValueKind taken, ValueKind kind) {
    if (kind != taken) {
      throw new IllegalArgumentException(
          "it takes a " + name(taken) + " but a " + name(kind) + " reaches it");
    }
  }

  private static String name(ValueKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
