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

/** One number of more features than Newton's method is used for, by L-BFGS. */
class WideLeastSquaresLawsTest extends TrainingKit {

  @Override
  protected Trainer trainer() {
    return LeastSquares.defaults();
  }

  @Override
  protected Examples examples(long seed) {
    return LinearData.random(
        seed, 400, Descent.MOST_FEATURES_FOR_NEWTON + 1, new Output.Quantity("y"));
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

  @Override
  protected int processes() {
    return 3;
  }
}
