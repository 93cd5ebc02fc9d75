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
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.ColumnData;
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

  /** Makes a snapshot of the rows that are read and found good. */
  interface Destination {

    /** Says what the columns are; refuses those that do not fit. */
    void start(Schema schema);

    /** Returns the columns of the snapshot. */
    Schema schema();

    /** Returns what gives rows their identities. */
    RowIdentities identities();

    /** Takes some rows of a table, which is borrowed. */
    void append(Table table, int from, int to, long[] ids);

    /** Ends the snapshot. */
    Digest finish();

    /** Returns how many rows the snapshot has. */
    long rows();

    /** Returns how the rows of the source became the snapshot. */
    Recipe recipe(VersionedName operation, Value.Doc parameters, SortedMap<String, Digest> inputs);
  }

  /**
   * Reads everything.
   *
   * @throws IOException if the source cannot be opened
   * @throws DataException if it is refused, or no row is left
   */
  Written write(Destination destination) throws IOException {
    SnapshotWriter rejectedWriter =
        new SnapshotWriter(RejectedRows.SCHEMA, batch, Execution.here(), Similar.none());
    RejectedRows rejected = new RejectedRows(rejectedWriter);
    try (SourceReader reader = source.open(rejected::add, execution)) {
      Schema schema = reader.schema();
      CheckRun run = checks.start(schema);
      destination.start(schema);
      long accepted = 0;
      for (Table table = reader.next(); table != null; table = reader.next()) {
        Window window = new Window(reader.name(), table, rejected);
        window.check(run);
        window.requireValues(destination.schema());
        accepted += window.write(destination);
        rejected.endWindow();
      }
      rejected.endWindow();
      CheckReport report = run.report();
      requireAccepted(reader.name(), report, accepted, rejected.count());
      return new Written(
          putRecipe(destination, schema, reader.origin()),
          Optional.of(reader.origin()),
          destination.finish(),
          destination.rows(),
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

  private Digest putRecipe(Destination destination, Schema schema, Source.Origin origin) {
    Value.Doc parameters =
        Value.doc()
            .put("format", SnapshotFormat.SNAPSHOT.toString())
            .put("schema", schema.toValue())
            .put("source", source.parameters())
            .put("checks", checks.toValue())
            .build();
    SortedMap<String, Digest> inputs = new TreeMap<>();
    inputs.put("source", batch.put(Commit.sourceObject(origin)));
    return destination.recipe(source.operation(), parameters, inputs).writeTo(batch);
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

    /** Sets aside the rows that lack a value where there must be one. */
    void requireValues(Schema schema) {
      for (int i = 0; i < schema.size(); i++) {
        ColumnData column = table.column(i);
        if (!schema.field(i).nullable() && column.hasNulls()) {
          for (int row = 0; row < table.rows(); row++) {
            if (column.isNull(row) && !aside.get(row)) {
              setAside(row, schema.field(i).name(), "", "a value is needed here");
            }
          }
        }
      }
    }

    private void setAside(int row, String column, String value, String reason) {
      aside.set(row);
      // The bytes of the row are gone; its values are shown as they would stand in a file.
      String text = CellText.ofRow(table, row);
      rejected.add(
          new RejectedRow(source, table.rowId(row), UNKNOWN_OFFSET, column, value, reason, text));
    }

    /** Hands over the rows that are good; returns how many. */
    int write(Destination destination) {
      RowIdentities identities = destination.identities();
      BitSet skipped = (BitSet) aside.clone();
      String columns = identities.columns(table.schema());
      long[] ids =
          identities.of(
              table,
              skipped,
              (row, line) -> {
                String key = identities.values(table, row);
                setAside(row, columns, key, duplicate(line));
              });
      int from = aside.nextClearBit(0);
      while (from < table.rows()) {
        int next = aside.nextSetBit(from);
        int to = next < 0 ? table.rows() : next;
        destination.append(table, from, to, ids);
        from = aside.nextClearBit(to);
      }
      return table.rows() - aside.cardinality();
    }

    private static String duplicate(long line) {
      return line == RowIdentities.EARLIER
          ? "this key is in the dataset already"
          : "this key stands on line " + line + " already";
    }
  }
}
