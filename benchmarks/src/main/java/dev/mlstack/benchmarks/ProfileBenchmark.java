package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.profile.ProfileAccumulator;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.Row;
import dev.mlstack.table.TableCursor;
import dev.mlstack.table.TableReader;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Profiles twenty columns in memory on two threads, beside a plain read: one that only adds all
 * values up. Then adds rows one by one, beside reading their values. The number of rows is that of
 * the system property {@code rows}, or 1,000,000.
 */
final class ProfileBenchmark implements Benchmark {

  private static final int THREADS = 2;
  private static final int SINGLE_ROWS = 1 << 16;
  private static final double NANOS = 1e9;

  @Override
  public String name() {
    return "profile";
  }

  @Override
  public String about() {
    return "profile 20 columns of 1,000,000 rows in memory (a plain read)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    int rows = Integer.getInteger("rows", 1_000_000);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Events events = Events.of(rows)) {
      Execution execution = Execution.on(threads, THREADS);
      new Race(3, 7, Race.timed(() -> profile(events, execution)))
          .against("PLAIN_READ", Race.timed(() -> read(events, execution)))
          .report(workbench, "table", "s", 1);
      ValuesRow[] single = rows(events);
      ProfileAccumulator live = Profile.accumulator(Events.SCHEMA);
      new Race(3, 7, Race.timed(() -> add(single, live)))
          .against("PLAIN_READ", Race.timed(() -> read(single)))
          .report(workbench, "row", "ns", NANOS / single.length);
    } finally {
      threads.shutdown();
    }
  }

  private static void profile(Events events, Execution execution) {
    require(Profile.of(events, execution).rows() == events.rows());
  }

  private static void read(Events events, Execution execution) {
    require(Double.isFinite(PlainRead.sum(events, execution)));
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalStateException("not all rows were read");
    }
  }

  /** Copies rows of the first table, as they come to an endpoint. */
  private static ValuesRow[] rows(Events events) {
    try (TableReader reader = events.open()) {
      TableCursor cursor = Objects.requireNonNull(reader.next()).cursor();
      ValuesRow[] rows = new ValuesRow[SINGLE_ROWS];
      for (int i = 0; i < rows.length && cursor.next(); i++) {
        rows[i] = copy(cursor);
      }
      return rows;
    }
  }

  private static ValuesRow copy(Row row) {
    @Nullable Object[] values = new Object[row.schema().size()];
    for (int field = 0; field < values.length; field++) {
      FieldType type = row.schema().field(field).type();
      if (row.isNull(field)) {
        values[field] = null;
      } else if (type instanceof FieldType.Text) {
        values[field] = row.text(field);
      } else if (type instanceof FieldType.Real) {
        values[field] = row.number(field);
      } else if (type instanceof FieldType.Bool) {
        values[field] = row.integer(field) == 1;
      } else if (type instanceof FieldType.Timestamp) {
        values[field] = FieldType.Timestamp.dateTime(row.integer(field));
      } else {
        values[field] = row.integer(field);
      }
    }
    return ValuesRow.of(row.schema(), values);
  }

  private static void add(ValuesRow[] rows, ProfileAccumulator live) {
    for (ValuesRow row : rows) {
      live.add(row);
    }
  }

  private static void read(ValuesRow[] rows) {
    double sum = 0;
    for (ValuesRow row : rows) {
      for (int field = 0; field < rows[0].schema().size(); field++) {
        String text = field < 14 ? null : row.text(field);
        double number = field < 14 ? row.number(field) : text == null ? 0 : text.length();
        sum += Double.isNaN(number) ? 0 : number;
      }
    }
    require(Double.isFinite(sum));
  }
}
