package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.Workspace;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.model.ModelRecipe;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How good the models of the samples are on rows that they were not trained on. */
class AccuracyTest {

  /** Returns the mean of the main metric of one candidate over splits with the seeds 0, 1 … */
  private static double mean(Study<?, ?> study, int candidate, int splits) throws IOException {
    try (Workspace workspace = Workspace.inMemory()) {
      Snapshot data = workspace.dataset("data").commit(study.source(), study.checks());
      return LongStream.range(0, splits)
          .mapToDouble(seed -> score(workspace, study, data, candidate, seed))
          .average()
          .orElseThrow();
    }
  }

  private static <A> double score(
      Workspace workspace, Study<?, A> study, Snapshot data, int candidate, long seed) {
    var split = data.split(WholeLoop.TRAIN, seed);
    List<ModelRecipe<A>> recipes = study.candidates().apply(split.train());
    try (TrainedModel<A> model = workspace.train(recipes.get(candidate), split, seed)) {
      return model.test().main().value();
    }
  }

  @Test
  void breastCancer_over20Splits_isFoundByBothModels() throws IOException {
    assertThat(mean(BreastCancer.study(), 0, 20)).as("baseline").isEqualTo(0.5);
    assertThat(mean(BreastCancer.study(), 1, 20)).as("logistic").isGreaterThanOrEqualTo(0.99);
    assertThat(mean(BreastCancer.study(), 2, 20)).as("network").isGreaterThanOrEqualTo(0.985);
  }

  @Test
  void digits_over3Splits_areReadByTheNetwork() throws IOException {
    assertThat(mean(Digits.study(), 2, 3)).isGreaterThanOrEqualTo(0.97);
  }
}
