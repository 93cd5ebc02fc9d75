package dev.mlstack.train.linear;

import dev.mlstack.core.model.Models;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.model.Trainer;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.testkit.TrainingKit;
import java.util.List;
import java.util.Map;

/** Three numbers, by Newton's method, on three blocks of which the last is not full. */
class LeastSquaresLawsTest extends TrainingKit {

  @Override
  protected Trainer trainer() {
    return LeastSquares.defaults();
  }

  @Override
  protected Examples examples(long seed) {
    return LinearData.random(seed, 9001, 5, new Output.Array("y", List.of(3)));
  }

  @Override
  protected Model load(ObjectSource source, Digest digest) {
    return Models.load(source, digest);
  }

  @Override
  protected Map<String, Trainer> unlike() {
    return Map.of("l2", LeastSquares.defaults().withL2(2));
  }

  @Override
  protected List<Trainer> alike() {
    return List.of(
        LeastSquares.defaults().withMaxRounds(3), LeastSquares.defaults().withTolerance(1e-12));
  }
}
