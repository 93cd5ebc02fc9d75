package dev.mlstack.model;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * What goes into a model and what comes out. A model is used only beside the pipeline that its
 * signature names.
 *
 * @param pipeline the digest of the fitted pipeline that encodes its input
 * @param width how many numbers go in
 * @param outputs what comes out, in order
 */
public record Signature(Digest pipeline, int width, List<Output> outputs) {

  /** Copies the outputs. */
  public Signature {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("outputs must not be empty");
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
