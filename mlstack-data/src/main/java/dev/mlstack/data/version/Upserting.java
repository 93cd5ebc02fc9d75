package dev.mlstack.data.version;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the rows of another, some of which are replaced by rows of a source that have their
 * keys; the other rows of the source stand behind. Keeps the rows of the source in memory.
 */
final class Upserting implements Committer.Destination {

  private static final VersionedName OPERATION = new VersionedName("upsert", 1);

  private final Snapshot base;
  private final SnapshotWriter writer;
  private final Rewrite rewrite;
  private final Map<Long, Optional<PlacedRow>> rows = new LinkedHashMap<>();
  private @Nullable RowIdentities identities;

  Upserting(Snapshot base, SnapshotWriter writer, Rewrite rewrite) {
    this.base = base;
    this.writer = writer;
    this.rewrite = rewrite;
  }

  @Override
  public void start(Schema schema) {
    Schemas.requireFits(schema, base.schema());
    if (RowIdentities.keys(base.schema()).length == 0) {
      throw new DataException(
          "rows can be replaced only where they have keys; declare a key and commit all rows anew,"
              + " or append these");
    }
    identities = RowIdentities.of(base.schema());
  }

  @Override
  public Schema schema() {
    return base.schema();
  }

  @Override
  public RowIdentities identities() {
    return Objects.requireNonNull(identities, "not started");
  }

  @Override
  public void append(Table table, int from, int to, long[] ids) {
    MemoryTable copy = MemoryTable.copyOf(table.select(IntStream.range(from, to).toArray()));
    for (int row = from; row < to; row++) {
      rows.put(ids[row], Optional.of(new PlacedRow(copy, row - from)));
    }
  }

  @Override
  public Digest finish() {
    RowEdits edits = new RowEdits(rows);
    rewrite.run(edits);
    edits.appendRest(writer);
    return writer.finish();
  }

  @Override
  public long rows() {
    return writer.rows();
  }

  @Override
  public Recipe recipe(
      VersionedName operation, Value.Doc parameters, SortedMap<String, Digest> inputs) {
    return Schemas.recipe(OPERATION, operation, parameters, inputs, base.digest());
  }
}
