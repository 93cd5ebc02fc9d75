package dev.mlstack.core.feature;

import java.util.Arrays;

/**
 * Collects places, and puts each once and in ascending order. For use by one thread.
 *
 * <p>Public because steps that write few of their slots take it; only this package makes one and
 * looks into it.
 */
public final class Places {

  private int[] places = new int[64];
  private int count;

  Places() {}

  void clear() {
    count = 0;
  }

  void add(int place) {
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
    }
    places[count++] = place;
  }

  /** Puts the places in order and returns how many different ones there are. */
  int sort() {
    Arrays.sort(places, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || places[i] != places[i - 1]) {
        places[distinct++] = places[i];
      }
    }
    count = distinct;
    return distinct;
  }

  /** Returns one of the places, once they are in order. */
  int at(int index) {
    return places[index];
  }

  /** Returns the places, once they are in order; the array may be longer. Not copied. */
  int[] sorted() {
    return places;
  }
}
