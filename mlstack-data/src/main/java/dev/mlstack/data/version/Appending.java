package dev.mlstack.data.version;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Table;
import java.util.BitSet;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A snapshot of the rows of another, with those of a source behind them. */
final class Appending implements Committer.Destination {

  private static final VersionedName OPERATION = new VersionedName("append", 1);

  private final Snapshot base;
  private final SnapshotWriter writer;
  private final Rewrite rewrite;
  private @Nullable RowIdentities identities;

  Appending(Snapshot base, SnapshotWriter writer, Rewrite rewrite) {
    this.base = base;
    this.writer = writer;
    this.rewrite = rewrite;
  }

  @Override
  public void start(Schema schema) {
    Schemas.requireFits(schema, base.schema());
    IdSet taken = new IdSet();
    rewrite.run(
        new Rewrite.Edits() {
          @Override
          public BitSet in(Table table) {
            for (int row = 0; row < table.rows(); row++) {
              taken.add(table.rowId(row));
            }
            return new BitSet();
          }

          @Override
          public void replace(Table table, int row, SnapshotWriter ignored) {
            throw new IllegalStateException("nothing is replaced");
          }
        });
    identities = RowIdentities.behind(base.schema(), taken);
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
    writer.append(table, from, to, ids);
  }

  @Override
  public Digest finish() {
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
