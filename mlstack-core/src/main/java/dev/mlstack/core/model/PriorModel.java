package dev.mlstack.core.model;

import dev.mlstack.model.Model;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Arrays;
import java.util.List;

/**
 * A model that gives every row the same answer, whatever its features: what any other model must
 * beat.
 *
 * <p>The content of {@code prior/1} is a JSON document with {@code signature} and {@code answer}.
 *
 * <p>Safe for use by several threads. Owns nothing but memory on the Java heap.
 */
public final class PriorModel implements Model {

  /** The type of a stored prior model. */
  public static final VersionedName TYPE = new VersionedName("prior", 1);

  private final Signature signature;
  private final double[] answer;
  private volatile boolean closed;

  private PriorModel(Signature signature, double[] answer) {
    this.signature = signature;
    this.answer = answer;
  }

  /**
   * Returns a model.
   *
   * @param signature what goes in and what comes out
   * @param answer what it answers, as {@link Model#score} writes it; finite; copied
   */
  public static PriorModel of(Signature signature, double[] answer) {
    if (answer.length != signature.outputWidth()) {
      throw new IllegalArgumentException(
          "answer must have " + signature.outputWidth() + " numbers but has " + answer.length);
    }
    for (double number : answer) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "answer must be finite but is " + Arrays.toString(answer));
      }
    }
    return new PriorModel(signature, answer.clone());
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(float[] features, int rows, double[] outputs) {
    ModelChecks.requireOpen(closed);
    ModelChecks.require(features, signature.width(), rows, outputs, answer.length);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(answer, 0, outputs, row * answer.length, answer.length);
    }
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(),
            Value.doc()
                .put("signature", signature.toValue())
                .put("answer", Value.ofReals(answer))
                .build()));
  }

  /** Ends scoring. There is nothing to free. */
  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PriorModel other
        && signature.equals(other.signature)
        && Arrays.equals(answer, other.answer);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(answer);
  }

  /** Returns the type, the columns it predicts and the abbreviated digest. */
  @Override
  public String toString() {
    return ModelChecks.describe(TYPE, this);
  }
}
