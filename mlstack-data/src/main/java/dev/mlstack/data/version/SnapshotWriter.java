package dev.mlstack.data.version;

import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Puts rows into a store as a snapshot, one group at a time; see {@link SnapshotFormat}. */
final class SnapshotWriter {

  private final ArrowTableBuilder builder;
  private final ObjectSink sink;
  private final List<Digest> groups = new ArrayList<>();
  private final List<Integer> groupRows = new ArrayList<>();
  private long rows;

  SnapshotWriter(Schema schema, ObjectSink sink) {
    for (Field field : schema.fields()) {
      boolean tooLarge =
          field.type() instanceof FieldType.Tensor tensor
              && (long) tensor.size() * Float.BYTES > SnapshotFormat.MAX_VALUE_BYTES;
      if (tooLarge) {
        throw tooLarge(field);
      }
    }
    this.builder = new ArrowTableBuilder(schema);
    this.sink = sink;
  }

  private static DataException tooLarge(Field field) {
    return new DataException(
        "column '"
            + field.name()
            + "' has values of more than "
            + (SnapshotFormat.MAX_VALUE_BYTES >> 20)
            + " MiB; keep such values in files and their names in the column");
  }

  /**
   * Appends rows.
   *
   * @param table what has them; borrowed
   * @param from the first
   * @param to the end, excluded
   * @param ids the identities of all rows of the table
   */
  void append(Table table, int from, int to, long[] ids) {
    int at = from;
    while (at < to) {
      int end = cut(table, at, to, ids);
      builder.append(table, at, end - at, ids, at);
      rows += end - at;
      boolean full =
          builder.rows() == SnapshotFormat.MAX_GROUP_ROWS || isHeavy(table, /* from= */ 0, 0);
      if (full || SnapshotFormat.endsGroup(ids[end - 1])) {
        endGroup();
      }
      at = end;
    }
  }

  /** Returns where the group ends, or the rows do. */
  private int cut(Table table, int from, int to, long[] ids) {
    int end = from + 1;
    int most = Math.min(to, from + SnapshotFormat.MAX_GROUP_ROWS - builder.rows());
    while (end < most && !SnapshotFormat.endsGroup(ids[end - 1])) {
      end++;
    }
    if (!isHeavy(table, from, end - from)) {
      return end;
    }
    int light = 0;
    int heavy = end - from;
    while (heavy - light > 1) {
      int middle = (light + heavy) >>> 1;
      if (isHeavy(table, from, middle)) {
        heavy = middle;
      } else {
        light = middle;
      }
    }
    return from + heavy;
  }

  /** Tells whether a column has too many bytes, with some more rows. */
  private boolean isHeavy(Table table, int from, int count) {
    return builder.widestColumnBytes(table, from, count) >= SnapshotFormat.MAX_GROUP_BYTES;
  }

  private void endGroup() {
    List<Edge> edges = new ArrayList<>();
    edges.add(Edge.holds(SnapshotFormat.IDS, putColumn(builder.encodeRowIds())));
    for (int i = 0; i < builder.schema().size(); i++) {
      byte[] bytes = builder.encodeColumn(i);
      if (bytes.length > SnapshotFormat.MAX_GROUP_BYTES + SnapshotFormat.MAX_VALUE_BYTES) {
        throw tooLarge(builder.schema().field(i));
      }
      edges.add(Edge.holds(SnapshotFormat.column(i), putColumn(bytes)));
    }
    Value.Doc document = Value.doc().put("rows", builder.rows()).build();
    groups.add(
        sink.put(StoredObject.of(ObjectKind.CONTENT, SnapshotFormat.GROUP, edges, document)));
    groupRows.add(builder.rows());
    builder.clear();
  }

  private Digest putColumn(byte[] bytes) {
    return sink.put(StoredObject.of(ObjectKind.CONTENT, SnapshotFormat.COLUMN, List.of(), bytes));
  }

  /** Returns how many rows were appended. */
  long rows() {
    return rows;
  }

  /** Ends the snapshot and returns its digest. */
  Digest finish() {
    if (builder.rows() > 0) {
      endGroup();
    }
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      edges.add(Edge.holds(SnapshotFormat.group(i), groups.get(i)));
    }
    Value.Doc document =
        Value.doc()
            .put("schema", builder.schema().toValue())
            .put("rows", rows)
            .put("groups", Value.ofWholes(groupRows))
            .build();
    return sink.put(StoredObject.of(ObjectKind.CONTENT, SnapshotFormat.SNAPSHOT, edges, document));
  }
}
