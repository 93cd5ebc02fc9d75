package dev.mlstack.core.feature;

import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers that divide all others into bins. A bin has its lower border and all numbers up to its
 * upper one, which is of the next bin; the first and the last have no end. Immutable.
 */
public final class Borders {

  private static final String BORDERS = "borders";

  /**
   * Up to so many borders, all are looked at; that takes no branches that could be mispredicted.
   */
  private static final int FEW = 12;

  private final double[] borders;

  /**
   * Creates borders.
   *
   * @param borders finite numbers, ascending; may be none, which makes one bin
   */
  public Borders(double... borders) {
    this.borders = borders.clone();
    for (int i = 0; i < borders.length; i++) {
      Parameters.requireFinite("border " + i, borders[i]);
      if (i > 0 && borders[i] <= borders[i - 1]) {
        throw new IllegalArgumentException(
            "borders must ascend but " + borders[i] + " follows " + borders[i - 1]);
      }
    }
  }

  static Borders load(Value.Doc parameters) {
    return new Borders(parameters.reals(BORDERS));
  }

  /** Starts the document of a step that has these borders. */
  Value.Doc.Builder describe() {
    return Value.doc().put(BORDERS, Value.ofReals(borders));
  }

  /** Returns how many bins there are. */
  public int bins() {
    return borders.length + 1;
  }

  /** Returns the bin of a number that is not NaN, from 0. */
  public int bin(double value) {
    if (borders.length <= FEW) {
      int bin = 0;
      for (double border : borders) {
        bin += value >= border ? 1 : 0;
      }
      return bin;
    }
    int from = 0;
    int to = borders.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (borders[middle] <= value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Returns the name of each bin: {@code <18.0}, {@code 18.0..65.0}, {@code >=65.0}. */
  public List<String> names() {
    if (borders.length == 0) {
      return List.of("any");
    }
    List<String> names = new ArrayList<>();
    names.add("<" + text(borders[0]));
    for (int i = 1; i < borders.length; i++) {
      names.add(text(borders[i - 1]) + ".." + text(borders[i]));
    }
    names.add(">=" + text(borders[borders.length - 1]));
    return names;
  }

  private static String text(double border) {
    return Value.of(border).canonicalJson();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Borders other && Arrays.equals(borders, other.borders);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(borders);
  }

  /** Returns the borders. */
  @Override
  public String toString() {
    return Arrays.toString(borders);
  }
}
