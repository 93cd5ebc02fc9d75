package dev.mlstack.model;

import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * A fitted pipeline and the model that was trained behind it: from rows to typed answers.
 *
 * <p>Safe for use by several threads. Owns its model: whoever has made or loaded a fitted model
 * closes it, when no call is under way.
 *
 * @param <A> the answer
 */
public final class FittedModel<A> implements Content, AutoCloseable {

  /** The type of a stored fitted model. */
  public static final VersionedName TYPE = new VersionedName("fitted-model", 1);

  /** The name of the edge to the fitted pipeline. */
  public static final String PIPELINE = "pipeline";

  /** The name of the edge to the model. */
  public static final String MODEL = "model";

  private final Label<A> label;
  private final FittedPipeline pipeline;
  private final Model model;
  private final Digest digest;

  private FittedModel(Label<A> label, FittedPipeline pipeline, Model model) {
    this.label = label;
    this.pipeline = pipeline;
    this.model = model;
    this.digest = writeTo(StoredObject::digest);
  }

  /**
   * Brings a label, a pipeline and a model together.
   *
   * @throws IncompatibleModelException if the model was trained behind another pipeline, or for
   *     another label
   */
  public static <A> FittedModel<A> of(Label<A> label, FittedPipeline pipeline, Model model) {
    Signature signature = model.signature();
    if (!signature.pipeline().equals(pipeline.digest())) {
      throw new IncompatibleModelException(
          "model "
              + model.digest().abbreviated()
              + " was trained behind pipeline "
              + signature.pipeline().abbreviated()
              + " and cannot be used behind pipeline "
              + pipeline.digest().abbreviated()
              + "; load the pipeline it was trained with, or train it anew");
    }
    if (signature.width() != pipeline.layout().width()) {
      throw new IncompatibleModelException(
          "model "
              + model.digest().abbreviated()
              + " takes "
              + signature.width()
              + " features but pipeline "
              + pipeline.digest().abbreviated()
              + " makes "
              + pipeline.layout().width());
    }
    if (!signature.outputs().equals(label.outputs())) {
      throw new IncompatibleModelException(
          "model "
              + model.digest().abbreviated()
              + " predicts "
              + signature.outputs()
              + " but the label asks for "
              + label.outputs());
    }
    return new FittedModel<>(label, pipeline, model);
  }

  /** Returns what is predicted. */
  public Label<A> label() {
    return label;
  }

  /** Returns what encodes rows. */
  public FittedPipeline pipeline() {
    return pipeline;
  }

  /** Returns what scores encoded rows. It is owned by this fitted model. */
  public Model model() {
    return model;
  }

  /**
   * Returns a predictor for rows of a schema. It can be used as long as this is open.
   *
   * @throws IllegalArgumentException if the schema lacks a column that the pipeline reads
   */
  public Predictor<A> predictor(Schema rows) {
    return new Predictor<>(this, rows);
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(
                Edge.holds(PIPELINE, pipeline.writeTo(sink)),
                Edge.holds(MODEL, model.writeTo(sink))),
            Value.doc()
                .put("input", pipeline.input().toValue())
                .put("outputs", label.outputs().stream().map(Output::toValue).toList())
                .build()));
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public void close() {
    model.close();
  }
}
