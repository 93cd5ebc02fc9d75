package dev.mlstack.model;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * What goes into a model and what comes out.
 *
 * <p>A model is used only beside the pipeline that its signature names. That is a condition, not a
 * link: the {@link FittedModel}, which brings both together, has the edges.
 *
 * @param pipeline the digest of the fitted pipeline that encodes its input
 * @param width how many numbers go in, 1 or more
 * @param outputs what comes out, in order, at least one, of distinct columns
 */
public record Signature(Digest pipeline, int width, List<Output> outputs) {

  /** Checks the width and the outputs, and copies these. */
  public Signature {
    outputs = List.copyOf(outputs);
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1 but was " + width);
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("outputs must not be empty");
    }
    if (outputs.stream().map(Output::column).distinct().count() < outputs.size()) {
      throw new IllegalArgumentException("outputs must be of distinct columns but are " + outputs);
    }
  }

  /** Returns how many numbers come out for a row. */
  public int outputWidth() {
    return outputs.stream().mapToInt(Output::width).sum();
  }

  /** Returns how many numbers a training example has as its label. */
  public int labelWidth() {
    return outputs.stream().mapToInt(Output::labelWidth).sum();
  }

  /** Returns the document that describes this signature. */
  public Value.Doc toValue() {
    return Value.doc()
        .put("pipeline", pipeline.hex())
        .put("width", width)
        .put("outputs", outputs.stream().map(Output::toValue).toList())
        .build();
  }

  /** Returns the signature that a document describes. */
  public static Signature fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    return new Signature(
        Digest.parse(doc.text("pipeline")),
        Math.toIntExact(doc.whole("width")),
        doc.items("outputs").stream().map(Output::fromValue).toList());
  }
}
