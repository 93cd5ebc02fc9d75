package dev.mlstack.feature;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands where in the vector that a model sees.
 *
 * @param slots the places, in order, with distinct names
 */
public record FeatureLayout(List<Slot> slots) {

  /** Copies the slots and checks their names. */
  public FeatureLayout {
    slots = List.copyOf(slots);
    Set<String> names = new HashSet<>();
    for (Slot slot : slots) {
      if (!names.add(slot.name())) {
        throw new IllegalArgumentException(
            "slots must have distinct names but two are named '" + slot.name() + "'");
      }
    }
  }

  /** Returns how many numbers the vector has. */
  public int width() {
    return slots.size();
  }

  /** Returns the names of all slots, in order. */
  public List<String> names() {
    return slots.stream().map(Slot::name).toList();
  }
}
