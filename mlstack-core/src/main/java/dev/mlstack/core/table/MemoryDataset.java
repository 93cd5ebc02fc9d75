package dev.mlstack.core.table;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dataset of one table in memory. For small data, and for tests. */
public final class MemoryDataset implements Dataset, Content {

  /** The type of a stored table. */
  public static final VersionedName TYPE = new VersionedName("table", 1);

  private final MemoryTable table;
  private final StoredObject object;

  private MemoryDataset(MemoryTable table) {
    this.table = table;
    this.object = StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), TableCodec.encode(table));
  }

  /** Returns the dataset with the rows of a table. */
  public static MemoryDataset of(MemoryTable table) {
    return new MemoryDataset(table);
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public long rows() {
    return table.rows();
  }

  @Override
  public Digest digest() {
    return object.digest();
  }

  @Override
  public Optional<Digest> record() {
    return Optional.empty();
  }

  @Override
  public List<Shard> shards() {
    return List.of(() -> new Once(table));
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(object);
  }

  /** Reads one table. */
  private static final class Once implements TableReader {
    private @Nullable Table table;

    Once(Table table) {
      this.table = table;
    }

    @Override
    public @Nullable Table next() {
      Table next = table;
      table = null;
      return next;
    }

    @Override
    public void close() {
      table = null;
    }
  }
}
