package dev.mlstack.serve.log;

import dev.mlstack.core.store.Records;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A stored part of the log of one endpoint: a record that holds a table with the entries and the
 * segment before it, and names the releases that answered.
 *
 * @param digest the digest of the record
 * @param endpoint the endpoint that answered
 * @param first the least identity in it
 * @param last the greatest identity in it
 * @param entries the digest of the table
 * @param previous the segment before it
 */
record Segment(
    Digest digest,
    String endpoint,
    PredictionId first,
    PredictionId last,
    Digest entries,
    Optional<Digest> previous) {

  private static final VersionedName TYPE = new VersionedName("prediction-segment", 1);
  private static final String ENTRIES = "output.entries";
  private static final String PREVIOUS = "previous";

  /** Returns the record of a segment whose entries are sorted by identity and not none. */
  static Provenance record(
      String endpoint,
      List<LoggedPrediction> sorted,
      Digest table,
      Optional<Digest> previous,
      Instant at,
      String by) {
    List<Edge> edges = new ArrayList<>();
    edges.add(Edge.holds(ENTRIES, table));
    previous.ifPresent(digest -> edges.add(Edge.holds(PREVIOUS, digest)));
    TreeSet<Digest> releases = new TreeSet<>();
    sorted.forEach(entry -> releases.add(entry.release()));
    int number = 0;
    for (Digest release : releases) {
      edges.add(Edge.names("input.release." + number++, release));
    }
    Value.Doc facts =
        Value.doc()
            .put("endpoint", endpoint)
            .put("entries", sorted.size())
            .put("first", sorted.get(0).id().toString())
            .put("last", sorted.get(sorted.size() - 1).id().toString())
            .build();
    return new Provenance(TYPE, edges, at, by, facts);
  }

  /**
   * Reads what a record says of its segment, but not the entries.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, or something else
   */
  static Segment read(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(TYPE);
    Value.Doc facts = Records.read(object).facts();
    try {
      return new Segment(
          digest,
          facts.text("endpoint"),
          PredictionId.parse(facts.text("first")),
          PredictionId.parse(facts.text("last")),
          object.requireTarget(ENTRIES),
          object.target(PREVIOUS));
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(
          digest, TYPE, "its facts are not those of a segment: " + e.getMessage());
    }
  }

  /** Tells whether an entry of this identity may be in the segment. */
  boolean mayContain(PredictionId id) {
    return first.compareTo(id) <= 0 && last.compareTo(id) >= 0;
  }

  /** Reads the entries, sorted by identity. */
  List<LoggedPrediction> load(ObjectSource source) {
    StoredObject object = source.get(entries).require(MemoryDataset.TYPE);
    try {
      return SegmentTable.decode(TableCodec.decode(object.payload()), endpoint);
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(
          entries, object.type(), "it is no part of a prediction log: " + e.getMessage());
    }
  }
}
