package dev.mlstack.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.compute.Execution;
import dev.mlstack.feature.FeaturePipeline;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelRecipeTest {

  private record Plan(String column) implements FeaturePipeline {
    @Override
    public Value.Doc toValue() {
      return Value.doc().put("column", column).build();
    }

    @Override
    public FittedPipeline fit(Dataset train, Set<String> targets, long seed, Execution execution) {
      return new Parts.OneColumn(column);
    }
  }

  private record Learner(long strength) implements Trainer {
    @Override
    public VersionedName operation() {
      return new VersionedName("learner", 1);
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("strength", strength).build();
    }

    @Override
    public Set<String> changeable() {
      return Set.of();
    }

    @Override
    public Training start(TrainingContext context) {
      throw new IllegalStateException("a recipe does not train");
    }

    @Override
    public Training resume(TrainingContext context, ObjectSource source, Digest checkpoint) {
      throw new IllegalStateException("a recipe does not train");
    }
  }

  /** A dataset of which only the digest is asked for. */
  private record Data(Digest digest) implements Dataset {
    @Override
    public Schema schema() {
      return Schema.of(Field.of("x", FieldType.FLOAT64));
    }

    @Override
    public long rows() {
      return 0;
    }

    @Override
    public Optional<Digest> record() {
      return Optional.empty();
    }

    @Override
    public List<Shard> shards() {
      return List.of();
    }
  }

  private static ModelRecipe<Regression> recipe(long strength) {
    return ModelRecipe.predict(Label.number("y"))
        .features(new Plan("x"))
        .trainer(new Learner(strength));
  }

  @Test
  void toValue_saysEverythingButTheDataAndTheSeed() {
    assertThat(recipe(5).toValue().canonicalJson())
        .isEqualTo(
            "{\"features\":{\"column\":\"x\"},"
                + "\"label\":[{\"column\":\"y\",\"output\":\"number\"}],"
                + "\"parameters\":{\"strength\":5},\"trainer\":\"learner/1\"}");
  }

  @Test
  void withTrainer_changesOnlyTheTrainer() {
    ModelRecipe<Regression> changed = recipe(5).withTrainer(new Learner(6));
    assertThat(changed.toValue()).isEqualTo(recipe(6).toValue());
    assertThat(changed.features()).isEqualTo(new Plan("x"));
  }

  @Test
  void recipe_namesOperationParametersSeedAndInput() {
    Digest data = Digest.of(new byte[] {1});
    Recipe made = recipe(5).recipe(new Data(data), 7);
    assertThat(made.operation()).isEqualTo(ModelRecipe.OPERATION);
    assertThat(made.parameters()).isEqualTo(recipe(5).toValue());
    assertThat(made.seed()).isEqualTo(OptionalLong.of(7));
    assertThat(made.inputs()).containsExactly(java.util.Map.entry(ModelRecipe.TRAIN, data));
  }

  @Test
  void recipes_differInDigestIfAnythingDiffers() {
    Digest data = Digest.of(new byte[] {1});
    Digest other = Digest.of(new byte[] {2});
    assertThat(
            List.of(
                recipe(5).recipe(new Data(data), 7).digest(),
                recipe(6).recipe(new Data(data), 7).digest(),
                recipe(5).recipe(new Data(other), 7).digest(),
                recipe(5).recipe(new Data(data), 8).digest()))
        .doesNotHaveDuplicates();
    assertThat(recipe(5).recipe(new Data(data), 7).digest())
        .isEqualTo(recipe(5).recipe(new Data(data), 7).digest());
  }
}
