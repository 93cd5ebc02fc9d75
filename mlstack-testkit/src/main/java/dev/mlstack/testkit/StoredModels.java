package dev.mlstack.testkit;

import dev.mlstack.model.FittedModel;
import dev.mlstack.run.RunInfo;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts objects into a store that look like what training leaves there. */
final class StoredModels {

  private StoredModels() {}

  /** Stores a content with a text in it. */
  static Digest content(ObjectStore store, String type, String text) {
    return put(store, contentObject(type, text));
  }

  private static StoredObject contentObject(String type, String text) {
    return StoredObject.of(
        ObjectKind.CONTENT,
        new VersionedName(type, 1),
        List.of(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Stores a fitted model.
   *
   * @param name makes it another one
   * @param output what it predicts
   */
  static Digest fittedModel(ObjectStore store, String name, String output) {
    try (Batch batch = store.batch()) {
      Digest pipeline = batch.put(contentObject("pipeline", "pipeline of " + name));
      Digest model = batch.put(contentObject("linear", "weights of " + name));
      Value.Doc document =
          Value.doc().put("input", "rows").put("outputs", List.of(Value.of(output))).build();
      Digest fitted =
          batch.put(
              StoredObject.of(
                  ObjectKind.CONTENT,
                  FittedModel.TYPE,
                  List.of(
                      Edge.holds(FittedModel.PIPELINE, pipeline),
                      Edge.holds(FittedModel.MODEL, model)),
                  document));
      batch.commit();
      return fitted;
    }
  }

  /** Stores the record of a run that made a fitted model, and perhaps a profile. */
  static Digest run(ObjectStore store, Digest fittedModel, Optional<Digest> profile) {
    List<Edge> edges = new ArrayList<>();
    edges.add(Edge.holds("output.model", fittedModel));
    profile.ifPresent(digest -> edges.add(Edge.holds("output.profile", digest)));
    return put(
        store,
        new Provenance(RunInfo.TYPE, edges, Instant.now(), "kit", Value.Doc.EMPTY).toObject());
  }

  /** Stores one object. */
  static Digest put(ObjectStore store, StoredObject object) {
    try (Batch batch = store.batch()) {
      batch.put(object);
      batch.commit();
      return object.digest();
    }
  }
}
