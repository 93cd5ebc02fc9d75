package dev.mlstack.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer of a classifier: how probable each class is. Immutable.
 *
 * @param <E> what stands for a class: a constant of an enum, a text, a whole number
 */
public final class Classification<E> {

  private final List<E> classes;
  private final double[] probabilities;

  /**
   * Creates an answer.
   *
   * @param classes the classes; not copied
   * @param probabilities their probabilities, in the same order; not copied
   */
  Classification(List<E> classes, double[] probabilities) {
    this.classes = classes;
    this.probabilities = probabilities;
  }

  /** Returns the most probable class; of several, the first. */
  public E best() {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return classes.get(best);
  }

  /**
   * Returns the probability of a class, from 0 to 1.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public double probability(E someClass) {
    int index = classes.indexOf(someClass);
    if (index < 0) {
      throw new IllegalArgumentException(someClass + " is none of the classes " + classes);
    }
    return probabilities[index];
  }

  /** Returns the probability of every class, in the order of the label. */
  public Map<E, Double> probabilities() {
    Map<E, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      map.put(classes.get(i), probabilities[i]);
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Classification<?> other
        && classes.equals(other.classes)
        && Arrays.equals(probabilities, other.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(probabilities);
  }

  /** Returns the most probable class and its probability. */
  @Override
  public String toString() {
    E best = best();
    return best + " (" + probability(best) + ")";
  }
}
