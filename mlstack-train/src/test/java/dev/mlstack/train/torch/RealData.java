package dev.mlstack.train.torch;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A table of numbers with a class in its last column, read from the resources of the tests, and
 * split by a seed into four parts to learn from and one to test on.
 */
final class RealData {

  private static final double TRAIN_PART = 0.8;

  private final float[][] features;
  private final int[] labels;
  private final List<String> classes;

  private RealData(List<String[]> rows, int firstColumn) {
    int last = rows.get(0).length - 1;
    classes = rows.stream().map(row -> row[last]).distinct().sorted().toList();
    labels = rows.stream().mapToInt(row -> classes.indexOf(row[last])).toArray();
    features = new float[rows.size()][last - firstColumn];
    for (int i = 0; i < features.length; i++) {
      for (int j = 0; j < features[i].length; j++) {
        features[i][j] = Float.parseFloat(rows.get(i)[firstColumn + j]);
      }
    }
  }

  /** Patients with 30 measurements: benign or malignant. */
  static RealData breastCancer() {
    return new RealData(read("breast_cancer.csv"), 1);
  }

  /** Images of 8 by 8 pixels, from 0 to 16: one of ten digits. */
  static RealData digits() {
    return new RealData(read("digits.csv"), 0);
  }

  private static List<String[]> read(String name) {
    InputStream in = Objects.requireNonNull(RealData.class.getResourceAsStream(name));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the examples of one part, with features standardised on the part to learn from. */
  Examples standardised(long seed, boolean train) {
    int width = features[0].length;
    int[] learned = rows(seed, /* train= */ true);
    float[] shift = new float[width];
    float[] scale = new float[width];
    for (int j = 0; j < width; j++) {
      int column = j;
      double mean =
          Arrays.stream(learned).mapToDouble(i -> features[i][column]).average().orElse(0);
      double variance =
          Arrays.stream(learned)
              .mapToDouble(i -> (features[i][column] - mean) * (features[i][column] - mean))
              .average()
              .orElse(1);
      shift[j] = (float) mean;
      scale[j] = (float) Math.sqrt(variance);
    }
    return examples(rows(seed, train), shift, scale);
  }

  /** Returns the examples of one part, with features between 0 and 1. */
  Examples pixels(long seed, boolean train) {
    float[] scale = new float[features[0].length];
    Arrays.fill(scale, 16);
    return examples(rows(seed, train), new float[scale.length], scale);
  }

  private int[] rows(long seed, boolean train) {
    int[] order = RandomStream.of(seed, "split").permutation(features.length);
    int cut = (int) (TRAIN_PART * order.length);
    return train ? Arrays.copyOf(order, cut) : Arrays.copyOfRange(order, cut, order.length);
  }

  private Examples examples(int[] rows, float[] shift, float[] scale) {
    int width = shift.length;
    float[] numbers = new float[rows.length * width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (features[rows[i / width]][i % width] - shift[i % width]) / scale[i % width];
    }
    Output output = new Output.Classes("class", classes, classes.size() == 2 ? 1 : -1);
    Signature signature = TestExamples.signature(width, output);
    double[] ofRows = IntStream.of(rows).mapToDouble(row -> labels[row]).toArray();
    return TestExamples.of(signature, numbers, ofRows);
  }
}
