package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.check.CheckReport;
import dev.mlstack.data.check.CheckRun;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.check.ChecksRefusedException;
import dev.mlstack.data.internal.CellText;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a source into a batch as a snapshot, with all that belongs to it but the commit. */
final class Committer {

  private static final long UNKNOWN_OFFSET = -1;

  private final Source source;
  private final Checks checks;
  private final Batch batch;
  private final Execution execution;

  Committer(Source source, Checks checks, Batch batch, Execution execution) {
    this.source = source;
    this.checks = checks;
    this.batch = batch;
    this.execution = execution;
  }

  /**
   * What was put into the batch.
   *
   * @param recipe how the snapshot is made
   * @param origin what was read
   * @param snapshot the snapshot
   * @param rows how many rows it has
   * @param rejectedRows the snapshot of the rows that were set aside
   * @param rejected how many these are
   * @param checks the report of the checks
   */
  record Written(
      Digest recipe,
      Source.Origin origin,
      Digest snapshot,
      long rows,
      Optional<Digest> rejectedRows,
      long rejected,
      Optional<Digest> checks) {}

  /**
   * Reads everything.
   *
   * @throws IOException if the source cannot be opened
   * @throws DataException if it is refused, or no row is left
   */
  Written write() throws IOException {
    SnapshotWriter rejectedWriter = new SnapshotWriter(RejectedRows.SCHEMA, batch);
    RejectedRows rejected = new RejectedRows(rejectedWriter);
    try (SourceReader reader = source.open(rejected::add, execution)) {
      Schema schema = reader.schema();
      CheckRun run = checks.start(schema);
      SnapshotWriter writer = new SnapshotWriter(schema, batch);
      RowIdentities identities = RowIdentities.of(schema);
      for (Table table = reader.next(); table != null; table = reader.next()) {
        Window window = new Window(reader.name(), table, rejected);
        window.check(run);
        window.write(identities, writer);
        rejected.endWindow();
      }
      rejected.endWindow();
      CheckReport report = run.report();
      requireAccepted(reader.name(), report, writer.rows(), rejected.count());
      return new Written(
          putRecipe(schema, reader.origin()),
          reader.origin(),
          writer.finish(),
          writer.rows(),
          rejected.count() == 0 ? Optional.empty() : Optional.of(rejectedWriter.finish()),
          rejected.count(),
          checks.rules().isEmpty() ? Optional.empty() : Optional.of(report.writeTo(batch)));
    }
  }

  private static void requireAccepted(String name, CheckReport report, long rows, long rejected) {
    if (!report.refusals().isEmpty()) {
      throw new ChecksRefusedException(name, report);
    }
    if (rows == 0) {
      throw new DataException(
          name + " has no row that can be committed: all " + rejected + " were set aside");
    }
  }

  private Digest putRecipe(Schema schema, Source.Origin origin) {
    Value.Doc parameters =
        Value.doc()
            .put("format", SnapshotFormat.SNAPSHOT.toString())
            .put("schema", schema.toValue())
            .put("source", source.parameters())
            .put("checks", checks.toValue())
            .build();
    SortedMap<String, Digest> inputs = new TreeMap<>();
    inputs.put("source", batch.put(Commit.sourceObject(origin)));
    return Recipe.of(source.operation(), parameters, inputs).writeTo(batch);
  }

  /** One table of the source, with the rows of it that are set aside. */
  private static final class Window {
    private final String source;
    private final Table table;
    private final RejectedRows rejected;
    private final BitSet aside = new BitSet();

    Window(String source, Table table, RejectedRows rejected) {
      this.source = source;
      this.table = table;
      this.rejected = rejected;
    }

    void check(CheckRun run) {
      run.test(table)
          .forEach(
              (row, failure) ->
                  setAside(row, failure.rule().column(), failure.value(), failure.problem()));
    }

    private void setAside(int row, String column, String value, String reason) {
      aside.set(row);
      // The bytes of the row are gone; its values are shown as they would stand in a file.
      String text = CellText.ofRow(table, row);
      rejected.add(
          new RejectedRow(source, table.rowId(row), UNKNOWN_OFFSET, column, value, reason, text));
    }

    void write(RowIdentities identities, SnapshotWriter writer) {
      BitSet skipped = (BitSet) aside.clone();
      String columns = identities.columns(table.schema());
      long[] ids =
          identities.of(
              table,
              skipped,
              (row, line) -> {
                String key = identities.values(table, row);
                setAside(row, columns, key, "this key stands on line " + line + " already");
              });
      int from = aside.nextClearBit(0);
      while (from < table.rows()) {
        int next = aside.nextSetBit(from);
        int to = next < 0 ? table.rows() : next;
        writer.append(table, from, to, ids);
        from = aside.nextClearBit(to);
      }
    }
  }
}
