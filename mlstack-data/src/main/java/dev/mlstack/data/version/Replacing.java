package dev.mlstack.data.version;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Table;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A snapshot of the rows of a source alone. */
final class Replacing implements Committer.Destination {

  private final Function<Schema, SnapshotWriter> newWriter;
  private @Nullable Schema schema;
  private @Nullable SnapshotWriter writer;
  private @Nullable RowIdentities identities;

  Replacing(Function<Schema, SnapshotWriter> newWriter) {
    this.newWriter = newWriter;
  }

  @Override
  public void start(Schema found) {
    schema = found;
    writer = newWriter.apply(found);
    identities = RowIdentities.of(found);
  }

  private SnapshotWriter writer() {
    return Objects.requireNonNull(writer, "not started");
  }

  @Override
  public Schema schema() {
    return Objects.requireNonNull(schema, "not started");
  }

  @Override
  public RowIdentities identities() {
    return Objects.requireNonNull(identities, "not started");
  }

  @Override
  public void append(Table table, int from, int to, long[] ids) {
    writer().append(table, from, to, ids);
  }

  @Override
  public Digest finish() {
    return writer().finish();
  }

  @Override
  public long rows() {
    return writer().rows();
  }

  @Override
  public Recipe recipe(
      VersionedName operation, Value.Doc parameters, SortedMap<String, Digest> inputs) {
    return Recipe.of(operation, parameters, inputs);
  }
}
