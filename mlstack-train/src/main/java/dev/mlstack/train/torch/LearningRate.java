package dev.mlstack.train.torch;

import dev.mlstack.store.Value;

/** How large the steps of a training are as it goes on. Immutable. */
public sealed interface LearningRate {

  /** Returns the rate that never changes. */
  static LearningRate constant(double rate) {
    return new Constant(rate);
  }

  /**
   * Returns the rate that falls from {@code first} to 0 along half a cosine (I. Loshchilov and F.
   * Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, section 3, without
   * restarts).
   */
  static LearningRate cosine(double first) {
    return new Cosine(first);
  }

  /**
   * Returns the rate at some point of the training.
   *
   * @param progress which part of all steps is done: from 0 (none) to 1 (all), excluded
   */
  double at(double progress);

  /** Returns the document that describes this schedule. */
  Value.Doc toValue();

  private static double requirePositive(double rate) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be positive and finite but was " + rate);
    }
    return rate;
  }

  /**
   * A rate that never changes.
   *
   * @param rate positive and finite
   */
  record Constant(double rate) implements LearningRate {
    /** Checks the rate. */
    public Constant {
      requirePositive(rate);
    }

    @Override
    public double at(double progress) {
      return rate;
    }

    @Override
    public Value.Doc toValue() {
      return Value.doc().put("schedule", "constant").put("rate", rate).build();
    }
  }

  /**
   * A rate that falls along half a cosine.
   *
   * @param first the rate of the first step; positive and finite
   */
  record Cosine(double first) implements LearningRate {
    private static final double HALF = 0.5;

    /** The first term left out is below half a unit in the last place of the sum. */
    private static final int TERMS = 18;

    /** Checks the rate. */
    public Cosine {
      requirePositive(first);
    }

    /** The first half of the wave mirrors the second. */
    @Override
    public double at(double progress) {
      double part =
          progress <= HALF
              ? 1 - sineSquared(progress * Math.PI / 2)
              : sineSquared((1 - progress) * Math.PI / 2);
      return first * part;
    }

    /** Returns the square of the sine by the Taylor series, for angles up to a quarter of pi. */
    private static double sineSquared(double angle) {
      double term = angle;
      double sum = angle;
      for (int i = 2; i < TERMS; i += 2) {
        term *= -angle * angle / (i * (i + 1));
        sum += term;
      }
      return sum * sum;
    }

    @Override
    public Value.Doc toValue() {
      return Value.doc().put("schedule", "cosine").put("rate", first).build();
    }
  }
}
