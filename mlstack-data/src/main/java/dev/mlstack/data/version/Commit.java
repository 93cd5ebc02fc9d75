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
 * <p>One that read a source and has at most one parent is stored as a record of type {@link #TYPE}
 * with the edges {@code recipe}, {@code source}, {@code output.snapshot}, and, where there are
 * such, {@code output.rejected}, {@code output.checks} and <code>parent</code>, all of which hold.
 * Its facts are {@code dataset}, {@code message}, {@code source} (the name of what was read),
 * {@code rows} and {@code rejected}. The object {@code source} is a content of type {@link
 * #SOURCE_TYPE} with the document {@code {"bytes": …, "sha256": …}}.
 *
 * <p>All others, such as deletions and merges, are stored as records of type {@link #TYPE_2}, with
 * the edges {@code recipe}, {@code output.snapshot}, {@code parent.0}, {@code parent.1}, …, all of
 * which hold, and the facts {@code dataset}, {@code message} and {@code rows}.
 *
 * @param digest the record itself
 * @param dataset the name of the dataset
 * @param message why, in plain words; may be empty
 * @param by who: a person or a program
 * @param at when
 * @param parents the commits that it follows: none if it is the first; of a merge, that of the
 *     branch first and then that which was merged into it
 * @param recipe how the snapshot is made
 * @param source what was read, if it was made from a source
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
    Optional<Source.Origin> source,
    Digest snapshot,
    long rows,
    Optional<Digest> rejectedRows,
    long rejected,
    Optional<Digest> checks) {

  /** The type of a stored commit that read a source. */
  public static final VersionedName TYPE = new VersionedName("commit", 1);

  /** The type of a stored commit that did not, or has several parents. */
  public static final VersionedName TYPE_2 = new VersionedName("commit", 2);

  /** The type of the object that identifies what was read. */
  public static final VersionedName SOURCE_TYPE = new VersionedName("source", 1);

  private static final String RECIPE = "recipe";
  private static final String SOURCE = "source";
  private static final String SNAPSHOT = "output.snapshot";
  private static final String REJECTED = "output.rejected";
  private static final String CHECKS = "output.checks";
  private static final String PARENT = "parent";
  private static final String PARENTS = "parent.";

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

  /** Returns the record of a commit that read a source. */
  static Provenance record(
      String dataset, String message, String by, Optional<Digest> parent, Written written) {
    Source.Origin origin = written.origin().orElseThrow();
    List<Edge> edges = new ArrayList<>();
    edges.add(Edge.holds(RECIPE, written.recipe()));
    edges.add(Edge.holds(SOURCE, sourceObject(origin).digest()));
    edges.add(Edge.holds(SNAPSHOT, written.snapshot()));
    written.rejectedRows().ifPresent(rows -> edges.add(Edge.holds(REJECTED, rows)));
    written.checks().ifPresent(report -> edges.add(Edge.holds(CHECKS, report)));
    parent.ifPresent(commit -> edges.add(Edge.holds(PARENT, commit)));
    Value.Doc facts =
        Value.doc()
            .put("dataset", dataset)
            .put("message", message)
            .put("source", origin.name())
            .put("rows", written.rows())
            .put("rejected", written.rejected())
            .build();
    return new Provenance(TYPE, edges, Instant.now(), by, facts);
  }

  /** Returns the record of a commit that read no source, but made its rows of its parents. */
  static Provenance derived(
      String dataset, String message, String by, List<Digest> parents, Written written) {
    List<Edge> edges = new ArrayList<>();
    edges.add(Edge.holds(RECIPE, written.recipe()));
    edges.add(Edge.holds(SNAPSHOT, written.snapshot()));
    for (int i = 0; i < parents.size(); i++) {
      edges.add(Edge.holds(PARENTS + i, parents.get(i)));
    }
    Value.Doc facts =
        Value.doc()
            .put("dataset", dataset)
            .put("message", message)
            .put("rows", written.rows())
            .build();
    return new Provenance(TYPE_2, edges, Instant.now(), by, facts);
  }

  /** Tells whether an object is a commit. */
  static boolean is(StoredObject object) {
    return object.type().equals(TYPE) || object.type().equals(TYPE_2);
  }

  /** Returns the commits that a commit follows. */
  static List<Digest> parents(StoredObject object) {
    return object.edges().stream()
        .filter(edge -> edge.name().equals(PARENT) || edge.name().startsWith(PARENTS))
        .map(Edge::target)
        .toList();
  }

  /**
   * Returns the commit that a store has.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, or no commit
   */
  static Commit read(ObjectSource store, Digest digest) {
    StoredObject object = store.get(digest);
    boolean fromSource = !object.type().equals(TYPE_2);
    Provenance record = Records.read(fromSource ? object.require(TYPE) : object);
    Value.Doc facts = record.facts();
    try {
      return new Commit(
          digest,
          facts.text("dataset"),
          facts.text("message"),
          record.by(),
          record.at(),
          parents(object),
          object.requireTarget(RECIPE),
          fromSource
              ? Optional.of(origin(facts.text("source"), store.get(object.requireTarget(SOURCE))))
              : Optional.empty(),
          object.requireTarget(SNAPSHOT),
          facts.whole("rows"),
          object.target(REJECTED),
          fromSource ? facts.whole("rejected") : 0,
          object.target(CHECKS));
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(digest, object.type(), String.valueOf(e.getMessage()));
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
