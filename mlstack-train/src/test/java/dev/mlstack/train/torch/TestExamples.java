package dev.mlstack.train.torch;

import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Examples for tests. */
final class TestExamples {

  static final Output COLOR = new Output.Classes("color", List.of("red", "green", "blue"), -1);
  static final Output SICK = new Output.Classes("sick", List.of("no", "yes"), 1);
  static final Output PRICE = new Output.Quantity("price");
  static final Output PLACE = new Output.Array("place", List.of(2));

  private TestExamples() {}

  static Signature signature(int width, Output... outputs) {
    return new Signature(Digest.of(new byte[] {1}), width, List.of(outputs));
  }

  static FeatureLayout layout(int width) {
    return new FeatureLayout(
        IntStream.range(0, width).mapToObj(i -> Slot.number("x" + i)).toList());
  }

  static MemoryExamples.Builder builder(Signature signature) {
    return MemoryExamples.builder(signature, layout(signature.width()));
  }

  /** Returns examples of weight 1 whose features and labels stand row by row. */
  static Examples of(Signature signature, float[] features, double... labels) {
    MemoryExamples.Builder builder = builder(signature);
    int width = signature.width();
    int labelWidth = signature.labelWidth();
    for (int i = 0; i < labels.length / labelWidth; i++) {
      double[] label = Arrays.copyOfRange(labels, i * labelWidth, (i + 1) * labelWidth);
      builder.add(i, features, i * width, label, 1);
    }
    return builder.build();
  }

  /** Returns examples of four features, which decide on all outputs together with some noise. */
  static Examples random(int rows, long seed, Output... outputs) {
    return random(rows, seed, row -> 1, outputs);
  }

  static Examples random(int rows, long seed, ToDoubleFunction<float[]> weight, Output... outputs) {
    Signature signature = signature(4, outputs);
    MemoryExamples.Builder builder = builder(signature);
    Random random = new Random(seed);
    for (int i = 0; i < rows; i++) {
      float[] features = new float[4];
      for (int j = 0; j < features.length; j++) {
        features[j] = (float) random.nextGaussian();
      }
      double score = features[0] - 2 * features[1] * features[2] + 0.3 * random.nextGaussian();
      double[] label = IntStream.range(0, signature.labelWidth()).mapToDouble(j -> 0).toArray();
      int at = 0;
      for (Output output : outputs) {
        for (int j = 0; j < output.labelWidth(); j++) {
          label[at++] = label(output, score + j);
        }
      }
      builder.add(1000 + i, features, 0, label, weight.applyAsDouble(features));
    }
    return builder.build();
  }

  private static double label(Output output, double score) {
    if (output instanceof Output.Classes) {
      double cut = Math.floor((score + 3) / 6 * output.width());
      return Math.min(Math.max(cut, 0), output.width() - 1);
    }
    return 1e5 + 2e4 * score;
  }
}
