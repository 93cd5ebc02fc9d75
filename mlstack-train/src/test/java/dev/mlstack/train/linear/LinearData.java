package dev.mlstack.train.linear;

import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Makes examples for the tests of linear learners. */
final class LinearData {

  /** Stands for the pipeline behind which models are trained. */
  static final Digest PIPELINE = Digest.of("pipeline".getBytes(StandardCharsets.UTF_8));

  private LinearData() {}

  /**
   * Returns numbers from 0 to 1 from a linear congruential generator that is easily written in any
   * language.
   */
  static double[] numbers(long seed, int count) {
    long state = seed;
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      state = (state * 1103515245 + 12345) % (1L << 31);
      numbers[i] = state / (double) (1L << 31);
    }
    return numbers;
  }

  static Output.Classes classes(int count) {
    return new Output.Classes(
        "y",
        IntStream.range(0, count).mapToObj(index -> "c" + index).toList(),
        count == 2 ? 1 : -1);
  }

  static Signature signature(int width, Output... outputs) {
    return new Signature(PIPELINE, width, List.of(outputs));
  }

  static MemoryExamples.Builder builder(Signature signature) {
    List<Slot> slots =
        IntStream.range(0, signature.width()).mapToObj(i -> Slot.number("f" + i)).toList();
    return MemoryExamples.builder(signature, new FeatureLayout(slots));
  }

  /** Returns the examples of rows of features followed by their label. */
  static Examples of(Signature signature, double[]... rows) {
    MemoryExamples.Builder builder = builder(signature);
    for (int row = 0; row < rows.length; row++) {
      add(builder, row, rows[row], signature, 1);
    }
    return builder.build();
  }

  static void add(
      MemoryExamples.Builder builder,
      long rowId,
      double[] row,
      Signature signature,
      double weight) {
    float[] features = new float[signature.width()];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) row[i];
    }
    double[] label = new double[signature.labelWidth()];
    System.arraycopy(row, features.length, label, 0, label.length);
    builder.add(rowId, features, 0, label, weight);
  }

  /**
   * Returns examples whose label depends on noisy linear scores of the features, of different scale
   * and correlated, with weights from 0.5 to 1.5.
   */
  static Examples random(long seed, int rows, int width, Output output) {
    Signature signature = signature(width, output);
    MemoryExamples.Builder builder = builder(signature);
    int scores = output.width();
    double[] numbers = numbers(seed, rows * (width + scores + 1) + width * scores);
    int next = 0;
    double[] weights = new double[width * scores];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 4 * numbers[next++] - 2;
    }
    for (int row = 0; row < rows; row++) {
      double[] example = new double[width + signature.labelWidth()];
      double[] score = new double[scores];
      for (int slot = 0; slot < width; slot++) {
        double value = numbers[next++] - 0.5;
        example[slot] = (slot + 1) * (value + (slot == 0 ? 0 : example[0] / 2)) + slot;
        for (int k = 0; k < scores; k++) {
          score[k] += weights[k * width + slot] * value;
        }
      }
      for (int k = 0; k < scores; k++) {
        score[k] += numbers[next++] - 0.5;
      }
      label(output, score, example, width);
      add(builder, row, example, signature, 0.5 + numbers[next++]);
    }
    return builder.build();
  }

  private static void label(Output output, double[] score, double[] to, int at) {
    if (output instanceof Output.Classes) {
      for (int k = 1; k < score.length; k++) {
        if (score[k] > score[(int) to[at]]) {
          to[at] = k;
        }
      }
    } else {
      System.arraycopy(score, 0, to, at, score.length);
    }
  }

  /** Trains to the end. */
  static LinearModel train(Trainer trainer, Examples examples) {
    return train(trainer, TrainingContext.of(examples, 1));
  }

  static LinearModel train(Trainer trainer, TrainingContext context) {
    try (Training training = trainer.start(context)) {
      training.advance(Budget.unlimited());
      return (LinearModel) training.model();
    }
  }

  /** Returns for each unit its weights and then its intercept. */
  static double[] coefficients(LinearModel model) {
    int width = model.signature().width();
    double[] coefficients = new double[model.units() * (width + 1)];
    for (int unit = 0; unit < model.units(); unit++) {
      for (int slot = 0; slot < width; slot++) {
        coefficients[unit * (width + 1) + slot] = model.weight(unit, slot);
      }
      coefficients[unit * (width + 1) + width] = model.intercept(unit);
    }
    return coefficients;
  }
}
