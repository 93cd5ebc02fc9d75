package dev.mlstack.serve;

import dev.mlstack.core.feature.Chain;
import dev.mlstack.core.feature.ImputeNumber;
import dev.mlstack.core.feature.OneHot;
import dev.mlstack.core.feature.Pipelines;
import dev.mlstack.core.feature.Reading;
import dev.mlstack.core.feature.Standardize;
import dev.mlstack.core.model.LinearModel;
import dev.mlstack.core.release.RefRegistry;
import dev.mlstack.core.release.RefReleases;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.model.Model;
import dev.mlstack.model.Signature;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Releases;
import dev.mlstack.run.RunInfo;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Refs;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A store with models in it that can be released, as training would have left them. */
public final class Shop {

  /** Who does things in tests. */
  public static final Cause ADA = new Cause("ada", "a test");

  /** What the pipelines read. */
  public static final Schema INPUT =
      Schema.of(
          Field.of("age", FieldType.FLOAT64),
          Field.of("income", FieldType.FLOAT32),
          Field.of("color", FieldType.category(List.of("red", "green", "blue"))));

  private static final int WIDTH = 5;

  /** Imputes and standardizes the numbers, and makes indicators of the category. */
  public static final FittedPipeline PIPELINE =
      Pipelines.of(
          INPUT,
          List.of(
              new Chain(
                  "age", Reading.NUMBER, List.of(new ImputeNumber(40), new Standardize(40, 12))),
              new Chain("income", Reading.NUMBER, List.of(new ImputeNumber(0.1))),
              new Chain(
                  "color",
                  Reading.TEXT,
                  List.of(new OneHot(List.of("blue", "green", "red"), false, false)))));

  /** Where objects are. */
  public final ObjectStore store;

  /** What names them. */
  public final Refs refs;

  /** What is live. */
  public final Releases releases;

  private final RefRegistry registry;

  /** Creates a shop in memory. */
  public Shop() {
    this(new MemoryStore(), new MemoryRefs());
  }

  /** Creates a shop in a store. */
  public Shop(ObjectStore store, Refs refs) {
    this.store = store;
    this.refs = refs;
    this.releases = new RefReleases(store, refs);
    this.registry = new RefRegistry(store, refs);
  }

  /** Registers a linear model with random weights. */
  public ModelVersion linear(Label<?> label, long seed) {
    Signature signature = new Signature(PIPELINE.digest(), WIDTH, label.outputs());
    double[] coefficients =
        new Random(seed)
            .doubles((long) LinearModel.units(signature) * (WIDTH + 1), -1, 1)
            .toArray();
    return register(label, LinearModel.of(signature, coefficients));
  }

  /** Registers a guarded model. */
  ModelVersion guarded(Label<?> label, double factor) {
    return register(
        label, new GuardedModel(new Signature(PIPELINE.digest(), WIDTH, label.outputs()), factor));
  }

  private ModelVersion register(Label<?> label, Model model) {
    try (FittedModel<?> fitted = FittedModel.of(label, PIPELINE, model);
        Batch batch = store.batch()) {
      Digest stored = fitted.writeTo(batch);
      Digest run =
          batch.put(
              new Provenance(
                      RunInfo.TYPE,
                      List.of(Edge.holds("output.model", stored)),
                      Instant.now(),
                      "ada",
                      Value.Doc.EMPTY)
                  .toObject());
      batch.commit();
      return registry.register("credit", stored, run, ADA);
    }
  }
}
