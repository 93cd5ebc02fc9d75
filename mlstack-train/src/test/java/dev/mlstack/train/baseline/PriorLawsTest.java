package dev.mlstack.train.baseline;

import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.core.model.Models;
import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.feature.Slot;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Trainer;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.testkit.TrainingKit;
import java.util.List;
import java.util.Random;

class PriorLawsTest extends TrainingKit {

  static final Signature EVERYTHING =
      new Signature(
          Digest.of(new byte[] {1}),
          1,
          List.of(
              Output.Classes.of("two", List.of("no", "yes")),
              new Output.Quantity("number"),
              Output.Classes.of("three", List.of("a", "b", "c")),
              new Output.Array("array", List.of(2, 2))));

  static MemoryExamples.Builder builder() {
    return MemoryExamples.builder(EVERYTHING, new FeatureLayout(List.of(Slot.number("x"))));
  }

  @Override
  protected Trainer trainer() {
    return Baseline.prior();
  }

  @Override
  protected Examples examples(long seed) {
    Random random = new Random(seed);
    MemoryExamples.Builder builder = builder();
    for (int row = 0; row < 9000; row++) {
      double[] label = random.doubles(7).toArray();
      label[0] = random.nextInt(2);
      label[2] = random.nextInt(3);
      builder.add(row, new float[1], 0, label, random.nextDouble());
    }
    return builder.build();
  }

  @Override
  protected Model load(ObjectSource source, Digest digest) {
    return Models.load(source, digest);
  }
}
