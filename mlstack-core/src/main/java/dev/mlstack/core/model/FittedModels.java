package dev.mlstack.core.model;

import dev.mlstack.core.feature.Pipelines;
import dev.mlstack.core.json.Json;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import java.util.List;
import java.util.function.BiFunction;

/** Loads fitted models: a pipeline with the model that was trained behind it. */
public final class FittedModels {

  private FittedModels() {}

  /**
   * Loads a fitted model whose answers are bare numbers, whatever it predicts. The caller closes
   * it.
   *
   * @param source gives the fitted model and the objects it holds
   * @param digest the fitted model
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   * @throws IllegalStateException if there is no format for the type of the model, or a native
   *     library is not there; the message says what to add
   */
  public static FittedModel<double[]> load(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(FittedModel.TYPE);
    return load(source, digest, Label.numbers(outputs(object)));
  }

  private static List<Output> outputs(StoredObject object) {
    try {
      return Json.payload(object).items("outputs").stream().map(Output::fromValue).toList();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedObjectException(
          object.digest(), object.type(), "it does not say what it predicts: " + e.getMessage());
    }
  }

  /**
   * Loads a fitted model. The caller closes it.
   *
   * @param source gives the fitted model and the objects it holds
   * @param digest the fitted model
   * @param label what it predicts
   * @throws dev.mlstack.model.IncompatibleModelException if the model was trained behind another
   *     pipeline, or for another label
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   * @throws IllegalStateException if there is no format for the type of the model, or a native
   *     library is not there; the message says what to add
   */
  public static <A> FittedModel<A> load(ObjectSource source, Digest digest, Label<A> label) {
    return load(source, digest, label, Pipelines::load);
  }

  static <A> FittedModel<A> load(
      ObjectSource source,
      Digest digest,
      Label<A> label,
      BiFunction<ObjectSource, Digest, FittedPipeline> pipelines) {
    StoredObject object = source.get(digest).require(FittedModel.TYPE);
    FittedPipeline pipeline = pipelines.apply(source, object.requireTarget(FittedModel.PIPELINE));
    Model model = Models.load(source, object.requireTarget(FittedModel.MODEL));
    FittedModel<A> fitted = null;
    try {
      fitted = requireSame(object, FittedModel.of(label, pipeline, model));
      return fitted;
    } finally {
      if (fitted == null) {
        model.close();
      }
    }
  }

  private static <A> FittedModel<A> requireSame(StoredObject object, FittedModel<A> fitted) {
    if (!fitted.digest().equals(object.digest())) {
      throw new MalformedObjectException(
          object.digest(),
          object.type(),
          "its pipeline and its model together have the digest " + fitted.digest());
    }
    return fitted;
  }
}
