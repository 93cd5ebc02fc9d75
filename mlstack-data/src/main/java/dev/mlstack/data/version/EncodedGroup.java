package dev.mlstack.data.version;

import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects of one group, ready to be put; or the digest of one that is stored already.
 *
 * @param digest the group
 * @param rows how many rows it has
 * @param columns the identities and then the columns, each as an object; empty if it is stored
 * @param root the object of the group
 * @param near the index of the earlier group that its last rows come from
 * @param builder what the rows were collected in, without them
 */
record EncodedGroup(
    Digest digest,
    int rows,
    List<StoredObject> columns,
    Optional<StoredObject> root,
    int near,
    Optional<ArrowTableBuilder> builder) {

  /** Encodes the rows of a builder, and forgets them there. */
  static EncodedGroup of(ArrowTableBuilder builder, int near) {
    List<StoredObject> columns = new ArrayList<>();
    columns.add(column(builder.encodeRowIds()));
    for (int i = 0; i < builder.schema().size(); i++) {
      byte[] bytes = builder.encodeColumn(i);
      if (bytes.length > SnapshotFormat.MAX_GROUP_BYTES + SnapshotFormat.MAX_VALUE_BYTES) {
        throw tooLarge(builder.schema().field(i));
      }
      columns.add(column(bytes));
    }
    int rows = builder.rows();
    builder.clear();
    StoredObject root = root(columns, rows);
    return new EncodedGroup(
        root.digest(), rows, columns, Optional.of(root), near, Optional.of(builder));
  }

  private static StoredObject root(List<StoredObject> columns, int rows) {
    List<Edge> edges = new ArrayList<>();
    edges.add(Edge.holds(SnapshotFormat.IDS, columns.get(0).digest()));
    for (int i = 1; i < columns.size(); i++) {
      edges.add(Edge.holds(SnapshotFormat.column(i - 1), columns.get(i).digest()));
    }
    Value.Doc document = Value.doc().put("rows", rows).build();
    return StoredObject.of(ObjectKind.CONTENT, SnapshotFormat.GROUP, edges, document);
  }

  private static StoredObject column(byte[] bytes) {
    return StoredObject.of(ObjectKind.CONTENT, SnapshotFormat.COLUMN, List.of(), bytes);
  }

  /** Returns a group that is stored already. */
  static EncodedGroup reused(SnapshotContent.Group group) {
    return new EncodedGroup(
        group.digest(),
        group.rows(),
        List.of(),
        Optional.empty(),
        Similar.UNKNOWN,
        Optional.empty());
  }

  /** Returns the exception for a column with values that are too large. */
  static DataException tooLarge(Field field) {
    return new DataException(
        "column '"
            + field.name()
            + "' has values of more than "
            + (SnapshotFormat.MAX_VALUE_BYTES >> 20)
            + " MiB; keep such values in files and their names in the column");
  }

  /** Puts all that is not stored yet, and returns the digest of the group. */
  Digest putInto(Batch batch, Similar similar) {
    if (root.isEmpty()) {
      return digest;
    }
    List<Digest> others = similar.to(columns.get(0).digest(), near);
    for (int i = 0; i < columns.size(); i++) {
      if (i < others.size() && !others.get(i).equals(columns.get(i).digest())) {
        batch.put(columns.get(i), others.get(i));
      } else {
        batch.put(columns.get(i));
      }
    }
    return batch.put(root.get());
  }
}
