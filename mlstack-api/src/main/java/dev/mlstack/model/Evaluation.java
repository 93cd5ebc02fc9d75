package dev.mlstack.model;

import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.Optional;

/**
 * How good a fitted model was on some data.
 *
 * @param model the digest of the fitted model
 * @param data the digest of the data
 * @param rows how many rows were answered
 * @param level the probability with which each interval covers the true value, such as 0.95
 * @param metrics the figures, the most telling first
 * @param curves pictures, if there are any for this kind of answer
 */
public record Evaluation(
    Digest model, Digest data, long rows, double level, List<Metric> metrics, List<Curve> curves)
    implements Content {

  /** The type of a stored evaluation. */
  public static final VersionedName TYPE = new VersionedName("evaluation", 1);

  /** Copies the lists. */
  public Evaluation {
    metrics = List.copyOf(metrics);
    curves = List.copyOf(curves);
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("metrics must not be empty");
    }
  }

  /** Returns the first metric, by which models are compared. */
  public Metric main() {
    return metrics.get(0);
  }

  /**
   * Returns the metric of the given name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Metric metric(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no metric '"
                        + name
                        + "' among "
                        + metrics.stream().map(Metric::name).toList()));
  }

  /** Returns the curve of the given name, if there is one. */
  public Optional<Curve> curve(String name) {
    return curves.stream().filter(curve -> curve.name().equals(name)).findFirst();
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(Edge.names("model", model), Edge.names("data", data)),
            Value.doc()
                .put("rows", rows)
                .put("level", level)
                .put("metrics", metrics.stream().map(Evaluation::toValue).toList())
                .put("curves", curves.stream().map(Evaluation::toValue).toList())
                .build()));
  }

  private static Value toValue(Metric metric) {
    return Value.doc()
        .put("name", metric.name())
        .put("value", metric.value())
        .put("low", metric.low())
        .put("high", metric.high())
        .put("higher-is-better", metric.higherIsBetter())
        .build();
  }

  private static Value toValue(Curve curve) {
    return Value.doc()
        .put("name", curve.name())
        .put("x-name", curve.xName())
        .put("y-name", curve.yName())
        .put("x", Value.ofReals(curve.x()))
        .put("y", Value.ofReals(curve.y()))
        .build();
  }
}
