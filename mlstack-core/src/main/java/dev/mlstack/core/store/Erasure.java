package dev.mlstack.core.store;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A tombstone: a content was erased, and another stands in its place.
 *
 * <p>Stored as a record of type {@link #TYPE}: the edge {@code erased} names the old content, the
 * edge {@code replacement} holds the new one; its facts are {@code reason} and {@code rows}. The
 * ref {@code erased/<old digest>} points to it. What objects hold under the old digest is read from
 * the new one. A collection takes nothing to be needed that such a ref names; a verification does
 * not miss it. It says nothing about what was erased: neither values nor their digests.
 *
 * @param erased the digest of the old content
 * @param replacement the digest of the content in its place
 * @param by who erased it: a person or a program
 * @param at when
 * @param reason why, in plain words; may be empty
 * @param rows how many rows are gone
 */
public record Erasure(
    Digest erased, Digest replacement, String by, Instant at, String reason, long rows) {

  /** The type of a stored tombstone. */
  public static final VersionedName TYPE = new VersionedName("erased", 1);

  private static final RefName ERASED = RefName.of("erased");
  private static final String OLD = "erased";
  private static final String NEW = "replacement";

  /** Returns the tombstone as an object. */
  public StoredObject toObject() {
    List<Edge> edges = List.of(Edge.names(OLD, erased), Edge.holds(NEW, replacement));
    Value.Doc facts = Value.doc().put("reason", reason).put("rows", rows).build();
    return new Provenance(TYPE, edges, at, by, facts).toObject();
  }

  /**
   * Sets the tombstone, which must be durable. Does nothing if there is one for this content.
   *
   * @return whether it was set
   */
  public boolean set(Refs refs) {
    return refs.create(ref(erased), toObject().digest(), new Cause(by, reason));
  }

  /** Returns the tombstone of a content, if it was erased. */
  public static Optional<Erasure> find(ObjectSource store, Refs refs, Digest content) {
    return refs.find(ref(content)).map(ref -> read(store, ref.target()));
  }

  private static RefName ref(Digest content) {
    return ERASED.child(content.hex());
  }

  private static Erasure read(ObjectSource store, Digest digest) {
    StoredObject object = store.get(digest);
    Provenance record = Records.read(object.require(TYPE));
    try {
      return new Erasure(
          object.requireTarget(OLD),
          object.requireTarget(NEW),
          record.by(),
          record.at(),
          record.facts().text("reason"),
          record.facts().whole("rows"));
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(digest, TYPE, String.valueOf(e.getMessage()));
    }
  }

  /** Returns which of some refs are tombstones, by the digest of what was erased. */
  public static Map<Digest, Ref> tombstones(List<Ref> refs) {
    return refs.stream()
        .filter(ref -> ref.name().isBelow(ERASED))
        .collect(Collectors.toMap(ref -> Digest.parse(ref.name().last()), ref -> ref));
  }

  /** Returns the digest of what a tombstone says was erased, if the object is a tombstone. */
  public static Optional<Digest> erasedBy(StoredObject object) {
    return object.type().equals(TYPE) ? object.target(OLD) : Optional.empty();
  }
}
