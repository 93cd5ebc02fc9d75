package dev.mlstack.benchmarks;

import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows of correlated, roughly standardised numbers, and a class for each that depends on a linear
 * score of them and on chance.
 *
 * <p>Stored as little-endian floats, row by row, the class (0 or 1) behind the numbers of its row:
 * so that a peer in any language can read them.
 *
 * @param rows how many rows
 * @param width how many numbers a row has
 * @param features the numbers, row by row
 * @param classes the class of each row
 */
record Gaussians(int rows, int width, float[] features, int[] classes) {

  /** The column of the class, and the classes. */
  static final Output.Classes OUTPUT = Output.Classes.of("y", List.of("no", "yes"));

  private static final long SEED = 1;
  private static final double SHARED = 0.5;

  /** Returns rows that are kept in a file, made if it is not there. */
  static Gaussians of(Workbench workbench, int rows, int width) throws IOException {
    String name = "gaussians-" + rows + "x" + width + ".f32";
    Path file = workbench.data(name, path -> Files.write(path, bytes(rows, width)));
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] features = new float[rows * width];
    int[] classes = new int[rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        features[row * width + i] = buffer.getFloat();
      }
      classes[row] = (int) buffer.getFloat();
    }
    return new Gaussians(rows, width, features, classes);
  }

  private static byte[] bytes(int rows, int width) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] weights = random.doubles(width, -1, 1).toArray();
    ByteBuffer buffer =
        ByteBuffer.allocate(rows * (width + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      double shared = random.nextGaussian();
      double score = 0;
      for (int i = 0; i < width; i++) {
        float value = (float) (SHARED * shared + random.nextGaussian());
        buffer.putFloat(value);
        score += weights[i] * value;
      }
      double probability = 1 / (1 + Math.exp(-score));
      buffer.putFloat(random.nextDouble() < probability ? 1 : 0);
    }
    return buffer.array();
  }

  /** Returns what stands where. */
  FeatureLayout layout() {
    return new FeatureLayout(
        IntStream.range(0, width).mapToObj(i -> Slot.number("x" + i)).toList());
  }

  /** Returns the signature of models of these rows. */
  Signature signature() {
    return new Signature(Digest.of(new byte[0]), width, List.of(OUTPUT));
  }

  /** Returns the rows as a trainer of ours takes them. */
  Examples examples() {
    MemoryExamples.Builder builder = MemoryExamples.builder(signature(), layout());
    for (int row = 0; row < rows; row++) {
      builder.add(row, features, row * width, new double[] {classes[row]}, 1);
    }
    return builder.build();
  }
}
