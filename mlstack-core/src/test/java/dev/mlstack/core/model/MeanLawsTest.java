package dev.mlstack.core.model;

import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Trainer;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.testkit.TrainingKit;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The laws of trainings, kept by {@link RoundsTraining} for the smallest learner there is. */
class MeanLawsTest extends TrainingKit {

  @Override
  protected Trainer trainer() {
    return new MeanTrainer(0.3, 12, /* endless= */ false);
  }

  @Override
  protected Examples examples(long seed) {
    Random random = new Random(seed);
    MemoryExamples.Builder builder =
        ExampleData.builder(ExampleData.signature(1, ExampleData.NUMBER));
    for (int row = 0; row < 9000; row++) {
      double[] label = {random.nextGaussian()};
      builder.add(row, new float[1], 0, label, random.nextDouble());
    }
    return builder.build();
  }

  @Override
  protected Model load(ObjectSource source, Digest digest) {
    return Models.load(source, digest);
  }

  @Override
  protected Map<String, Trainer> unlike() {
    return Map.of("rate", new MeanTrainer(0.4, 12, /* endless= */ false));
  }

  @Override
  protected List<Trainer> alike() {
    return List.of(new MeanTrainer(0.3, 20, /* endless= */ false));
  }

  @Override
  protected int processes() {
    return 3;
  }
}
