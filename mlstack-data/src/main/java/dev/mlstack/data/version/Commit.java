package dev.mlstack.data.version;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.store.Records;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who made a snapshot when, of what, and after which other.
 *
 * <p>Stored as a record of type {@link #TYPE} with the edges {@code recipe}, {@code source}, {@code
 * output.snapshot}, and, where there are such, {@code output.rejected}, {@code output.checks} and
 * <code>parent</code>, all of which hold. Its facts are {@code dataset}, {@code message}, {@code
 * source} (the name of what was read), {@code rows} and {@code rejected}. The object {@code source}
 * is a content of type {@link #SOURCE_TYPE} with the document {@code {"bytes": …, "sha256": …}}.
 *
 * @param digest the record itself
 * @param dataset the name of the dataset
 * @param message why, in plain words; may be empty
 * @param by who: a person or a program
 * @param at when
 * @param parents the commits that it follows: none if it is the first
 * @param recipe how the snapshot is made
 * @param source what was read
 * @param snapshot the snapshot
 * @param rows how many rows it has
 * @param rejectedRows the snapshot of the rows that were set aside, if there are any
 * @param rejected how many rows were set aside
 * @param checks the report of the checks, if there were any
 */
public record Commit(
    Digest digest,
    String dataset,
    String message,
    String by,
    Instant at,
    List<Digest> parents,
    Digest recipe,
    Source.Origin source,
    Digest snapshot,
    long rows,
    Optional<Digest> rejectedRows,
    long rejected,
    Optional<Digest> checks) {

  /** The type of a stored commit. */
  public static final VersionedName TYPE = new VersionedName("commit", 1);

  /** The type of the object that identifies what was read. */
  public static final VersionedName SOURCE_TYPE = new VersionedName("source", 1);

  private static final String RECIPE = "recipe";
  private static final String SOURCE = "source";
  private static final String SNAPSHOT = "output.snapshot";
  private static final String REJECTED = "output.rejected";
  private static final String CHECKS = "output.checks";
  private static final String PARENT = "parent";

  /** Copies the parents. */
  public Commit {
    parents = List.copyOf(parents);
  }

  /** Returns the object that identifies what was read. */
  static StoredObject sourceObject(Source.Origin origin) {
    Value.Doc document =
        Value.doc().put("bytes", origin.bytes()).put("sha256", origin.digest().hex()).build();
    return StoredObject.of(ObjectKind.CONTENT, SOURCE_TYPE, List.of(), document);
  }

  /** Returns the record of a commit. */
  static Provenance record(
      String dataset,
      String message,
      String by,
      Optional<Digest> parent,
      Committer.Written written) {
    List<Edge> edges = new ArrayList<>();
    edges.add(Edge.holds(RECIPE, written.recipe()));
    edges.add(Edge.holds(SOURCE, sourceObject(written.origin()).digest()));
    edges.add(Edge.holds(SNAPSHOT, written.snapshot()));
    written.rejectedRows().ifPresent(rows -> edges.add(Edge.holds(REJECTED, rows)));
    written.checks().ifPresent(report -> edges.add(Edge.holds(CHECKS, report)));
    parent.ifPresent(commit -> edges.add(Edge.holds(PARENT, commit)));
    Value.Doc facts =
        Value.doc()
            .put("dataset", dataset)
            .put("message", message)
            .put("source", written.origin().name())
            .put("rows", written.rows())
            .put("rejected", written.rejected())
            .build();
    return new Provenance(TYPE, edges, Instant.now(), by, facts);
  }

  /**
   * Returns the commit that a store has.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, or no commit
   */
  static Commit read(ObjectSource store, Digest digest) {
    StoredObject object = store.get(digest).require(TYPE);
    Provenance record = Records.read(object);
    Value.Doc facts = record.facts();
    try {
      return new Commit(
          digest,
          facts.text("dataset"),
          facts.text("message"),
          record.by(),
          record.at(),
          object.target(PARENT).map(List::of).orElse(List.of()),
          object.requireTarget(RECIPE),
          origin(facts.text("source"), store.get(object.requireTarget(SOURCE))),
          object.requireTarget(SNAPSHOT),
          facts.whole("rows"),
          object.target(REJECTED),
          facts.whole("rejected"),
          object.target(CHECKS));
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(digest, TYPE, String.valueOf(e.getMessage()));
    }
  }

  private static Source.Origin origin(String name, StoredObject object) {
    Value.Doc document = Json.payload(object.require(SOURCE_TYPE));
    return new Source.Origin(name, document.whole("bytes"), Digest.parse(document.text("sha256")));
  }

  /** Returns the abbreviated digest, the dataset and the message. */
  @Override
  public String toString() {
    return digest.abbreviated() + " " + dataset + (message.isEmpty() ? "" : ": " + message);
  }
}
