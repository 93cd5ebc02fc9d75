package dev.mlstack.serve.watch;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * How live traffic differs from the data that a model was trained on.
 *
 * @param profile the digest of the profile of the training data
 * @param rows how many live rows were compared
 * @param policy when a difference counts
 * @param columns the columns, the largest distance first
 */
public record DriftReport(Digest profile, long rows, DriftPolicy policy, List<ColumnDrift> columns)
    implements Content {

  /** The type of a stored report. */
  public static final VersionedName TYPE = new VersionedName("drift", 1);

  private static final String PROFILE = "profile";

  /** Copies the list. */
  public DriftReport {
    columns = List.copyOf(columns);
  }

  /**
   * Returns a stored report.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged or malformed
   */
  public static DriftReport read(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(TYPE);
    Value.Doc doc = Json.payload(object);
    try {
      return new DriftReport(
          object.requireTarget(PROFILE),
          doc.whole("rows"),
          new DriftPolicy(doc.real("alpha"), doc.real("min-distance")),
          doc.items("columns").stream().map(ColumnDrift::fromValue).toList());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedObjectException(digest, TYPE, "it is no report: " + e.getMessage());
    }
  }

  /** Returns the columns that have drifted, the largest distance first. */
  public List<ColumnDrift> drifted() {
    return columns.stream().filter(ColumnDrift::drifted).toList();
  }

  /** Tells whether any column has drifted. */
  public boolean hasDrift() {
    return columns.stream().anyMatch(ColumnDrift::drifted);
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(Edge.names(PROFILE, profile)),
            Value.doc()
                .put("rows", rows)
                .put("alpha", policy.alpha())
                .put("min-distance", policy.minDistance())
                .put("columns", columns.stream().map(ColumnDrift::toValue).toList())
                .build()));
  }

  /** Returns the verdict, as a sentence. */
  @Override
  public String toString() {
    List<String> names = drifted().stream().map(ColumnDrift::column).toList();
    return names.isEmpty()
        ? "no drift in " + columns.size() + " columns over " + rows + " rows"
        : "drift in "
            + names.size()
            + " of "
            + columns.size()
            + " columns over "
            + rows
            + " rows: "
            + String.join(", ", names);
  }
}
