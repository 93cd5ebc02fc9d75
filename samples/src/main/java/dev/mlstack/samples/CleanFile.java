package dev.mlstack.samples;

import static dev.mlstack.data.check.Checks.column;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.mlstack.Workspace;
import dev.mlstack.compute.Execution;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.rows.Rejects;
import dev.mlstack.data.version.Diff;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.data.version.VersionedDataset;
import dev.mlstack.table.RejectedRow;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Cleans a messy file: keeps the rows that follow the rules, sets the others aside, repairs what
 * can be repaired, puts it back, and shows what changed.
 */
public final class CleanFile {

  private static final Checks CHECKS =
      Checks.of(
          column("order").unique(),
          column("state").oneOf("CA", "IL", "MA", "NJ", "NY", "TX", "WA"),
          column("zip").matches("[0-9]{5}(-[0-9]{4})?"),
          column("ordered").between(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31)),
          Checks.rows("time(shipped) >= time(ordered)"),
          column("quantity").between(1, 100),
          column("price").between(0.5, 1000),
          column("shipped").nullShare(0.2).note());

  private static final Map<String, String> STATES = Map.of("Calif.", "CA", "Texas", "TX");

  private CleanFile() {}

  /**
   * Runs the program on the data that the samples carry, in {@code samples/target/clean-file} or
   * where {@code -Ddirectory} says.
   */
  public static void main(String[] arguments) {
    Path csv = SampleFiles.data("orders.csv");
    Path directory = SampleOptions.fromSystem().output("clean-file");
    System.exit(Program.run(() -> run(csv, directory, System.out), System.err));
  }

  static void run(Path csv, Path directory, PrintStream out) throws IOException {
    try (Workspace workspace = Workspace.open(directory)) {
      VersionedDataset orders = workspace.dataset("orders");

      // Reads, checks and commits. Rows that do not fit are set aside, each with the reason.
      Csv file = Csv.file(csv).as(Order.class).key("order");
      Snapshot first = orders.commit(file, CHECKS, "the file as it came");
      print(first, out);

      // Repairs what can be repaired, and adds it under the same rules.
      Rejects repaired =
          Rejects.of(first.rejected())
              .under(first.schema())
              .fix("zip", zip -> zip.length() == 4 ? "0" + zip : zip.replace(' ', '-'))
              .fix("state", CleanFile::state)
              .fix("ordered", day -> day.replaceFirst("(..)/(..)/(....)", "$3-$1-$2"))
              .fix("quantity", count -> count.replace('O', '0'))
              .fix("price", price -> price.replace("$", "").replace(',', '.'));
      Csv again = Csv.stream("repaired rows", repaired).as(Order.class).key("order");
      Snapshot second = orders.append(again, CHECKS, "what could be repaired");
      print(second, out);

      // Every version stays: compares two, and goes back.
      out.println("From the first to the second: " + Diff.of(first, second, Execution.here()));
      orders.reset(first, "back to the file as it came");
      out.println("History, newest first:");
      orders.log().forEach(to -> out.println("  " + to.rows() + " rows, " + to.message()));

      Path page = directory.resolve("checks.html");
      Profile profile = Profile.of(first, Execution.here());
      first.checks().page("Orders: what the checks found", profile).writeTo(page);
      out.println("The checks as a page: " + page);
    }
  }

  private static String state(String text) {
    String state = text.strip();
    return STATES.getOrDefault(state, state.toUpperCase(Locale.ROOT));
  }

  /** Prints how many rows are good, and for each column how many are set aside, and the first. */
  private static void print(Snapshot snapshot, PrintStream out) {
    try (Stream<RejectedRow> rows = Rejects.of(snapshot.rejected()).rows()) {
      Map<String, List<RejectedRow>> byColumn =
          rows.collect(groupingBy(RejectedRow::column, LinkedHashMap::new, toList()));
      out.println(
          snapshot.rows() + " rows are good, " + snapshot.rejected().rows() + " set aside:");
      byColumn.forEach(
          (column, found) -> out.println("  " + found.size() + " such as " + found.get(0)));
    }
  }
}
