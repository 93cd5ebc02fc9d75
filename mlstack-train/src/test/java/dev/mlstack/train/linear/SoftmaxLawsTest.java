package dev.mlstack.train.linear;

import dev.mlstack.core.model.Models;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Trainer;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.testkit.TrainingKit;
import java.util.List;
import java.util.Map;

/** Four classes, by L-BFGS, on three blocks of which the last is not full. */
class SoftmaxLawsTest extends TrainingKit {

  @Override
  protected Trainer trainer() {
    return Logistic.defaults();
  }

  @Override
  protected Examples examples(long seed) {
    return LinearData.random(seed, 9001, 3, LinearData.classes(4));
  }

  @Override
  protected Model load(ObjectSource source, Digest digest) {
    return Models.load(source, digest);
  }

  @Override
  protected Map<String, Trainer> unlike() {
    return Map.of("l2", Logistic.defaults().withL2(2));
  }

  @Override
  protected List<Trainer> alike() {
    return List.of(Logistic.defaults().withMaxRounds(3), Logistic.defaults().withTolerance(1e-12));
  }
}
