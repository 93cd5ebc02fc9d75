package dev.mlstack.data.version;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.table.EncodedColumn;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.data.arrow.EncodedTable;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the root of a stored snapshot says; see {@link SnapshotFormat}.
 *
 * @param digest the root
 * @param schema the columns
 * @param rows how many rows there are
 * @param groups the groups, in order
 */
record SnapshotContent(Digest digest, Schema schema, long rows, List<Group> groups) {

  /**
   * One group.
   *
   * @param digest its object
   * @param rows how many rows it has
   */
  record Group(Digest digest, int rows) {}

  /**
   * Returns the snapshot that an object stores.
   *
   * @throws MalformedObjectException if it stores none
   */
  static SnapshotContent of(StoredObject object) {
    Value.Doc document = Json.payload(object.require(SnapshotFormat.SNAPSHOT));
    try {
      List<Value> rows = document.items("groups");
      List<Edge> edges = object.edges();
      if (rows.size() != edges.size()) {
        throw new IllegalArgumentException(
            "it has " + edges.size() + " groups but the rows of " + rows.size());
      }
      List<Group> groups =
          java.util.stream.IntStream.range(0, edges.size())
              .mapToObj(
                  i -> new Group(edges.get(i).target(), Math.toIntExact(rows.get(i).asWhole())))
              .toList();
      return new SnapshotContent(
          object.digest(),
          Schema.fromValue(document.get("schema")),
          document.whole("rows"),
          groups);
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(
          object.digest(), object.type(), String.valueOf(e.getMessage()));
    }
  }

  /** Returns the bytes of a group, which are read from a store when they are asked for. */
  EncodedTable encoded(Group group, ObjectSource store) {
    return new StoredGroup(schema, group, store);
  }

  /** Reads the objects of one group. */
  private static final class StoredGroup implements EncodedTable {
    private final Schema schema;
    private final Group group;
    private final ObjectSource store;
    private volatile @Nullable StoredObject root;

    StoredGroup(Schema schema, Group group, ObjectSource store) {
      this.schema = schema;
      this.group = group;
      this.store = store;
    }

    private byte[] bytes(String edge) {
      StoredObject object = root;
      if (object == null) {
        object = store.get(group.digest()).require(SnapshotFormat.GROUP);
        root = object;
      }
      return store.get(object.requireTarget(edge)).require(SnapshotFormat.COLUMN).payload();
    }

    @Override
    public long[] rowIds() {
      return TableCodec.decodeRowIds(bytes(SnapshotFormat.IDS));
    }

    @Override
    public EncodedColumn column(int index) {
      return new EncodedColumn(schema.field(index), bytes(SnapshotFormat.column(index)));
    }
  }
}
