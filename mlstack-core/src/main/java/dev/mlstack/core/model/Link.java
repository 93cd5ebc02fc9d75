package dev.mlstack.core.model;

import dev.mlstack.core.math.StableMath;
import dev.mlstack.model.Output;

/** How the margins of a linear model, one for each of its units, become an answer. */
enum Link {
  /** A margin is the answer. */
  IDENTITY {
    @Override
    void apply(double[] outputs, int at, int width) {}
  },

  /** One margin gives the probabilities of two classes; it is the log-odds of the second. */
  LOGISTIC {
    @Override
    void apply(double[] outputs, int at, int width) {
      double margin = outputs[at];
      outputs[at] = StableMath.sigmoid(-margin);
      outputs[at + 1] = StableMath.sigmoid(margin);
    }
  },

  /** As many margins as classes give their probabilities. */
  SOFTMAX {
    @Override
    void apply(double[] outputs, int at, int width) {
      StableMath.softmax(outputs, at, width);
    }
  };

  /**
   * Makes an answer of margins, in place.
   *
   * @param outputs has the margins
   * @param at the index of the first
   * @param width how many numbers the answer has
   */
  abstract void apply(double[] outputs, int at, int width);

  /** Returns how the answer for an output is made. */
  static Link of(Output output) {
    return output instanceof Output.Classes ? (output.width() == 2 ? LOGISTIC : SOFTMAX) : IDENTITY;
  }

  /** Returns how many margins the answer for an output is made of. */
  int units(Output output) {
    return this == LOGISTIC ? 1 : output.width();
  }
}
