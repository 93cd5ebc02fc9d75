package dev.mlstack.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A record: what was made, from what, by whom and when.
 *
 * <p>Commits, runs, model versions, releases and segments of the prediction log are records of
 * different types. They share this form: edges to the recipe followed, the contents made and the
 * inputs used, a time, a person or program, and facts that their type defines.
 *
 * <p>By convention an edge to a recipe is named {@code recipe} and holds, edges to results are
 * named {@code output.<role>} and hold, and edges to inputs are named {@code input.<role>} and do
 * not.
 *
 * @param type what sort of record this is, such as {@code commit/1}
 * @param edges the links, in the order that the type defines
 * @param at when, with a precision of microseconds
 * @param by who: a person or a program, as {@link Cause#by()}
 * @param facts all else that the type defines
 */
public record Provenance(
    VersionedName type, List<Edge> edges, Instant at, String by, Value.Doc facts) {

  /** Cuts the time to microseconds, copies the edges and checks that there is somebody. */
  public Provenance {
    Cause.requireSomebody(by);
    at = at.truncatedTo(ChronoUnit.MICROS);
    edges = List.copyOf(edges);
  }

  /** Returns this record as an object. */
  public StoredObject toObject() {
    Value.Doc document =
        Value.doc().put("at", at.toString()).put("by", by).put("facts", facts).build();
    return StoredObject.of(ObjectKind.RECORD, type, edges, document);
  }

  /**
   * Returns the record that an object stores.
   *
   * @param object an object of kind {@link ObjectKind#RECORD}
   * @param payload its payload, parsed
   * @throws MalformedObjectException if the object is of another kind or the payload of another
   *     form
   */
  public static Provenance from(StoredObject object, Value.Doc payload) {
    if (object.kind() != ObjectKind.RECORD) {
      throw new MalformedObjectException(object.digest(), object.type(), "a record was expected");
    }
    try {
      return new Provenance(
          object.type(),
          object.edges(),
          Instant.parse(payload.text("at")),
          payload.text("by"),
          payload.doc("facts"));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedObjectException(object.digest(), object.type(), "" + e.getMessage());
    }
  }
}
