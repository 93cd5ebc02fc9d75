package dev.mlstack.track;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All values of all metrics of a run, as a content: the number of points, and edges {@code part.0},
 * {@code part.1} and so on to tables with the columns name, step, at and value. Rows are sorted by
 * name, then by step, then in the order they were logged, and numbered through from 0.
 */
final class MetricArchive {

  /** The type of the content. */
  static final VersionedName TYPE = new VersionedName("metrics", 1);

  /** How many rows a table has at most; with the longest names they are below 64 MiB. */
  static final int PART_ROWS = 1 << 16;

  private static final String POINTS = "points";
  private static final String PART = "part.";

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("name", FieldType.TEXT).required(),
          Field.of("step", FieldType.INT64).required(),
          Field.of("at", FieldType.INSTANT).required(),
          Field.of("value", FieldType.FLOAT64).required());

  private static final long MICROS_PER_MILLI = 1000;

  private final ObjectSink sink;
  private final List<Edge> parts = new ArrayList<>();
  private MemoryTable.Builder rows = MemoryTable.builder(SCHEMA);
  private long points;

  private MetricArchive(ObjectSink sink) {
    this.sink = sink;
  }

  /** Writes metrics and returns the digest of the content. */
  static Digest write(ObjectSink sink, SortedMap<String, Points> metrics) {
    MetricArchive archive = new MetricArchive(sink);
    metrics.forEach((name, values) -> archive.add(name, values.byStep()));
    return archive.finish();
  }

  private void add(String name, Points values) {
    for (int i = 0; i < values.size(); i++) {
      if (rows.rows() == PART_ROWS) {
        endPart();
      }
      Instant at = Instant.ofEpochMilli(values.at(i));
      rows.add(points++, name, values.step(i), at, values.value(i));
    }
  }

  private void endPart() {
    Digest part = MemoryDataset.of(rows.build()).writeTo(sink);
    parts.add(Edge.holds(PART + parts.size(), part));
    rows = MemoryTable.builder(SCHEMA);
  }

  private Digest finish() {
    if (rows.rows() > 0) {
      endPart();
    }
    Value.Doc document = Value.doc().put(POINTS, points).build();
    return sink.put(StoredObject.of(ObjectKind.CONTENT, TYPE, parts, document));
  }

  /**
   * Reads metrics.
   *
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged, or something else
   */
  static SortedMap<String, Points> read(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(TYPE);
    SortedMap<String, Points> metrics = new TreeMap<>();
    for (Edge edge : object.edges()) {
      addPart(source.get(edge.target()).require(MemoryDataset.TYPE), metrics);
    }
    long expected = Json.payload(object).whole(POINTS);
    long found = metrics.values().stream().mapToLong(Points::size).sum();
    if (found != expected) {
      throw new MalformedObjectException(
          digest, TYPE, "it has " + found + " points where it says " + expected);
    }
    return metrics;
  }

  private static void addPart(StoredObject part, Map<String, Points> metrics) {
    TableCursor row = table(part).cursor();
    while (row.next()) {
      String name = String.valueOf(row.text(0));
      long at = Math.floorDiv(row.integer(2), MICROS_PER_MILLI);
      metrics.computeIfAbsent(name, key -> new Points()).add(row.integer(1), at, row.number(3));
    }
  }

  private static Table table(StoredObject part) {
    try {
      Table table = TableCodec.decode(part.payload());
      if (table.schema().equals(SCHEMA)) {
        return table;
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(part.digest(), part.type(), "" + e.getMessage());
    }
    throw new MalformedObjectException(part.digest(), part.type(), "it is no table of metrics");
  }
}
