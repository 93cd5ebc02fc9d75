package dev.mlstack.core.model;

import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A linear model: each margin is a weighted sum of the features plus an intercept.
 *
 * <p>A number is its margin; each number of an array has a margin of its own; two classes share
 * one, which is the log-odds of the second; of more classes each has one, and their softmax is the
 * answer. A margin is what has one row of coefficients here, and is called a <em>unit</em>.
 *
 * <p>The arithmetic of {@code linear/1}: the products of weights and features are added up as
 * doubles in the order of the slots, beginning with 0, and the intercept is added last.
 *
 * <p>The content is a JSON document with {@code signature} and {@code links} (one for each output:
 * {@code identity}, {@code logistic} or {@code softmax}) that holds, as {@linkplain Reals reals}
 * named {@code coefficients}, for each unit its weights and then its intercept.
 *
 * <p>Safe for use by several threads. Owns nothing but memory on the Java heap.
 */
public final class LinearModel implements Model {

  /** The type of a stored linear model. */
  public static final VersionedName TYPE = new VersionedName("linear", 1);

  static final String COEFFICIENTS = "coefficients";

  private final Signature signature;
  private final Link[] links;
  private final int[] units;
  private final int[] answers;
  private final double[] coefficients;
  private final int width;
  private final int outputWidth;
  private final Digest digest;
  private volatile boolean closed;

  private LinearModel(Signature signature, double[] coefficients) {
    this.signature = signature;
    this.links = signature.outputs().stream().map(Link::of).toArray(Link[]::new);
    this.units = signature.outputs().stream().mapToInt(LinearModel::units).toArray();
    this.answers = signature.outputs().stream().mapToInt(Output::width).toArray();
    this.coefficients = coefficients;
    this.width = signature.width();
    this.outputWidth = signature.outputWidth();
    this.digest = writeTo(StoredObject::digest);
  }

  /**
   * Returns a model.
   *
   * @param signature what goes in and what comes out
   * @param coefficients for each unit its weights, one for each feature, and then its intercept;
   *     finite, but for the intercepts of classes that can never be, which are negative infinity;
   *     copied
   * @throws IllegalArgumentException if there are too many or too few of them, or one is not finite
   */
  public static LinearModel of(Signature signature, double[] coefficients) {
    long expected = (long) units(signature) * (signature.width() + 1);
    if (coefficients.length != expected) {
      throw new IllegalArgumentException(
          "coefficients must be " + expected + " but are " + coefficients.length);
    }
    requireFinite(signature, coefficients);
    return new LinearModel(signature, coefficients.clone());
  }

  /** Returns how many units the model for a signature has. */
  public static int units(Signature signature) {
    return signature.outputs().stream().mapToInt(LinearModel::units).sum();
  }

  private static int units(Output output) {
    return Link.of(output).units(output);
  }

  private static void requireFinite(Signature signature, double[] coefficients) {
    int stride = signature.width() + 1;
    int at = 0;
    for (Output output : signature.outputs()) {
      int impossible = 0;
      for (int end = at + units(output) * stride; at < end; at += stride) {
        boolean never = neverPossible(output, coefficients[at + stride - 1]);
        requireFinite(coefficients, at, never ? stride - 1 : stride);
        impossible += never ? 1 : 0;
      }
      if (impossible == output.width()) {
        throw new IllegalArgumentException("no class of '" + output.column() + "' can ever be");
      }
    }
  }

  private static boolean neverPossible(Output output, double intercept) {
    return Link.of(output) == Link.SOFTMAX && intercept == Double.NEGATIVE_INFINITY;
  }

  private static void requireFinite(double[] coefficients, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!Double.isFinite(coefficients[i])) {
        throw new IllegalArgumentException(
            "coefficients must be finite but that at index " + i + " is " + coefficients[i]);
      }
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  /** Returns how many units there are. */
  public int units() {
    return coefficients.length / (width + 1);
  }

  /**
   * Returns the weight of a feature.
   *
   * @param unit the unit, from 0
   * @param slot the index of the feature in the layout
   */
  public double weight(int unit, int slot) {
    return coefficients[
        Objects.checkIndex(unit, units()) * (width + 1) + Objects.checkIndex(slot, width)];
  }

  /** Returns the intercept of a unit, from 0. */
  public double intercept(int unit) {
    return coefficients[Objects.checkIndex(unit, units()) * (width + 1) + width];
  }

  @Override
  public void score(float[] features, int rows, double[] to) {
    ModelChecks.requireOpen(closed);
    ModelChecks.require(features, width, rows, to, outputWidth);
    for (int row = 0; row < rows; row++) {
      int coefficient = 0;
      int at = row * outputWidth;
      for (int i = 0; i < links.length; i++) {
        for (int unit = 0; unit < units[i]; unit++) {
          to[at + unit] = margin(features, row * width, coefficient);
          coefficient += width + 1;
        }
        links[i].apply(to, at, answers[i]);
        at += answers[i];
      }
    }
  }

  private double margin(float[] features, int from, int coefficient) {
    double sum = 0;
    for (int slot = 0; slot < width; slot++) {
      sum += coefficients[coefficient + slot] * features[from + slot];
    }
    return sum + coefficients[coefficient + width];
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            Reals.write(sink, COEFFICIENTS, coefficients),
            Value.doc()
                .put("signature", signature.toValue())
                .put("links", Value.ofTexts(links(signature)))
                .build()));
  }

  static List<String> links(Signature signature) {
    return signature.outputs().stream()
        .map(output -> Link.of(output).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  @Override
  public Digest digest() {
    return digest;
  }

  /** Ends scoring. There is nothing to free. */
  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof LinearModel other && digest.equals(other.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Returns the type, the columns it predicts and the abbreviated digest. */
  @Override
  public String toString() {
    return ModelChecks.describe(TYPE, this);
  }
}
