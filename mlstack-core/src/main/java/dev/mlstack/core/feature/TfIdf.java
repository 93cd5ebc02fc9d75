package dev.mlstack.core.feature;

import dev.mlstack.feature.Slot;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often the terms of a vocabulary are pieces of a text, and weighs each by how rare it
 * was in training (K. Sparck Jones, "A statistical interpretation of term specificity and its
 * application in retrieval", Journal of Documentation 28, 1972). A missing text leaves all 0.
 */
public final class TfIdf implements SparseText, Grams.Taker {

  /** The name of this step. */
  public static final VersionedName OPERATION = new VersionedName("tf-idf", 1);

  private static final String TERMS = "terms";
  private static final String WEIGHTS = "weights";
  private static final String NORM = "norm";

  private final Grams grams;
  private final Dictionary terms;
  private final double[] weights;
  private final Norm norm;

  // The terms by their hashes: a table with linear probing, at most half full.
  private final long[] hashes;
  private final int[] indexes;

  /**
   * Creates the step.
   *
   * @param grams which pieces of a text are looked for
   * @param norm what the numbers are divided by
   * @param terms the pieces that are counted, in ascending order as {@link String#compareTo} orders
   *     them
   * @param weights what the count of each is multiplied by; finite
   */
  public TfIdf(Grams grams, Norm norm, List<String> terms, double... weights) {
    this.grams = grams;
    this.norm = norm;
    this.terms = new Dictionary(TERMS, terms);
    this.weights = Parameters.requireFinite(WEIGHTS, weights, terms.size());
    int capacity = Integer.highestOneBit(Math.max(1, terms.size())) * 4;
    this.hashes = new long[capacity];
    this.indexes = new int[capacity];
    Arrays.fill(indexes, -1);
    for (int i = 0; i < terms.size(); i++) {
      long hash = TextHash.of(terms.get(i));
      int place = (int) hash & (capacity - 1);
      while (indexes[place] >= 0) {
        place = (place + 1) & (capacity - 1);
      }
      hashes[place] = hash;
      indexes[place] = i;
    }
  }

  static TfIdf load(Value.Doc parameters) {
    return new TfIdf(
        Grams.load(parameters),
        Norm.valueOf(parameters.text(NORM)),
        parameters.texts(TERMS),
        parameters.reals(WEIGHTS));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return grams
        .describe()
        .put(NORM, norm.name())
        .put(TERMS, Value.ofTexts(terms.texts()))
        .put(WEIGHTS, Value.ofReals(weights))
        .build();
  }

  @Override
  public List<Slot> slots(String column) {
    return terms.texts().stream()
        .map(term -> new Slot(column + ":" + term, column, Slot.Kind.NUMBER, 0))
        .toList();
  }

  @Override
  public void apply(@Nullable String value, float[] to, int at, @Nullable Places touched) {
    if (value != null) {
      grams.forEach(value, this, to, at, touched);
      norm.apply(to, at, terms.size(), touched, weights);
    }
  }

  /** Counts a piece, if it is a term. */
  @Override
  public void take(
      String text, int start, long hash, float[] to, int at, @Nullable Places touched) {
    int mask = hashes.length - 1;
    for (int place = (int) hash & mask; indexes[place] >= 0; place = (place + 1) & mask) {
      int index = indexes[place];
      if (hashes[place] == hash && Spelling.startsWith(text, start, terms.texts().get(index))) {
        to[at + index]++;
        if (touched != null) {
          touched.add(index);
        }
        return;
      }
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TfIdf other && parameters().equals(other.parameters());
  }

  @Override
  public int hashCode() {
    return terms.texts().hashCode();
  }
}
