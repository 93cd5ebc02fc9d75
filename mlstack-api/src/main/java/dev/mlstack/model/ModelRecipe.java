package dev.mlstack.model;

import dev.mlstack.feature.FeaturePipeline;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to predict, from which features, with which algorithm: everything about a model but the data
 * and the seed, as one value. It has seen no data.
 *
 * <pre>{@code
 * var recipe = ModelRecipe.predict(diagnosis)
 *     .features(Features.numeric().impute(MEDIAN).standardize())
 *     .trainer(Logistic.defaults());
 * }</pre>
 *
 * @param label what to predict
 * @param features from which features
 * @param trainer with which algorithm
 * @param <A> the answer
 */
public record ModelRecipe<A>(Label<A> label, FeaturePipeline features, Trainer trainer) {

  /** The operation of fitting. */
  public static final VersionedName OPERATION = new VersionedName("fit", 1);

  /** The role of the training data among the inputs of the {@link #recipe}. */
  public static final String TRAIN = "train";

  /** The role of the data that the training is watched on among the inputs of a recipe. */
  public static final String VALIDATION = "validation";

  /** Starts a recipe. */
  public static <A> NeedsFeatures<A> predict(Label<A> label) {
    return features -> trainer -> new ModelRecipe<>(label, features, trainer);
  }

  /** Returns this recipe with another trainer. */
  public ModelRecipe<A> withTrainer(Trainer newTrainer) {
    return new ModelRecipe<>(label, features, newTrainer);
  }

  /** Returns the document that describes this recipe. */
  public Value.Doc toValue() {
    return Value.doc()
        .put("label", label.outputs().stream().map(Output::toValue).toList())
        .put("features", features.toValue())
        .put("trainer", trainer.operation().toString())
        .put("parameters", trainer.parameters())
        .build();
  }

  /** Returns how a model is made by following this recipe on some data with a seed. */
  public Recipe recipe(Dataset train, long seed) {
    return Recipe.of(OPERATION, toValue(), seed, new TreeMap<>(Map.of(TRAIN, train.digest())));
  }

  /**
   * Returns how a model is made if its training is watched on other rows.
   *
   * @param train what to learn from
   * @param validation what to watch the training on
   * @param seed the seed of everything that is drawn at random
   */
  public Recipe recipe(Dataset train, Dataset validation, long seed) {
    return Recipe.of(
        OPERATION,
        toValue(),
        seed,
        new TreeMap<>(Map.of(TRAIN, train.digest(), VALIDATION, validation.digest())));
  }

  /** A recipe that lacks features and trainer. */
  @FunctionalInterface
  public interface NeedsFeatures<A> {
    /** Adds the features. */
    NeedsTrainer<A> features(FeaturePipeline features);
  }

  /** A recipe that lacks a trainer. */
  @FunctionalInterface
  public interface NeedsTrainer<A> {
    /** Adds the trainer. */
    ModelRecipe<A> trainer(Trainer trainer);
  }
}
