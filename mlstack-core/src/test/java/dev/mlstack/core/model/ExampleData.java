package dev.mlstack.core.model;

import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Makes signatures and examples for tests. */
final class ExampleData {

  static final Digest PIPELINE = Digest.of("pipeline".getBytes(StandardCharsets.UTF_8));

  static final Output NUMBER = new Output.Quantity("number");
  static final Output TWO = Output.Classes.of("two", List.of("no", "yes"));
  static final Output THREE = Output.Classes.of("three", List.of("a", "b", "c"));
  static final Output ARRAY = new Output.Array("array", List.of(2));

  private ExampleData() {}

  static Signature signature(int width, Output... outputs) {
    return new Signature(PIPELINE, width, List.of(outputs));
  }

  static FeatureLayout layout(int width) {
    return new FeatureLayout(
        IntStream.range(0, width).mapToObj(i -> Slot.number("f" + i)).toList());
  }

  static MemoryExamples.Builder builder(Signature signature) {
    return MemoryExamples.builder(signature, layout(signature.width()));
  }

  /** Returns examples of one number: {@code rows} rows of which each is its own number. */
  static MemoryExamples numbers(int rows) {
    MemoryExamples.Builder builder = builder(signature(1, NUMBER));
    for (int row = 0; row < rows; row++) {
      builder.add(row, new float[] {row}, 0, new double[] {row}, 1);
    }
    return builder.build();
  }
}
