package dev.mlstack.core.evaluate;

import dev.mlstack.core.json.Json;
import dev.mlstack.model.Curve;
import dev.mlstack.model.Evaluation;
import dev.mlstack.model.Metric;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;

/** Reads evaluations from a store. {@link Evaluation#writeTo} writes them. */
public final class Evaluations {

  private Evaluations() {}

  /**
   * Returns a stored evaluation.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged or malformed
   */
  public static Evaluation read(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(Evaluation.TYPE);
    Value.Doc doc = Json.payload(object);
    try {
      return new Evaluation(
          object.requireTarget("model"),
          object.requireTarget("data"),
          doc.whole("rows"),
          doc.real("level"),
          doc.items("metrics").stream().map(Evaluations::metric).toList(),
          doc.items("curves").stream().map(Evaluations::curve).toList());
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(
          digest, Evaluation.TYPE, "it is no evaluation: " + e.getMessage());
    }
  }

  private static Metric metric(Value value) {
    Value.Doc doc = value.asDoc();
    return new Metric(
        doc.text("name"),
        doc.real("value"),
        doc.real("low"),
        doc.real("high"),
        doc.flag("higher-is-better"));
  }

  private static Curve curve(Value value) {
    Value.Doc doc = value.asDoc();
    double[] x = doc.reals("x");
    double[] y = doc.reals("y");
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "curve '" + doc.text("name") + "' has " + x.length + " and " + y.length + " places");
    }
    return new Curve(doc.text("name"), doc.text("x-name"), doc.text("y-name"), x, y);
  }
}
