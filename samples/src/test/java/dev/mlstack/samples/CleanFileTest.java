package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sample says against the faults that its file is known to have. */
class CleanFileTest {

  private final Path directory;
  private final Console console = new Console();

  CleanFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private String run() throws IOException {
    CleanFile.run(SampleFiles.data("orders.csv"), directory, console.stream());
    return console.text();
  }

  @Test
  void run_findsAndRepairsWhatIsWrong() throws IOException {
    List<String> lines = run().lines().toList();
    assertThat(lines.get(0)).isEqualTo("254 rows are good, 49 set aside:");
    assertThat(lines.subList(1, 10))
        .as("for each column how many rows are set aside, in the order of the first")
        .extracting(line -> line.strip().split(" ", -1)[0] + column(line))
        .containsExactly(
            "7 state",
            "6 price",
            "10 zip",
            "5 ordered",
            "9 quantity",
            "3 order",
            "3",
            "2 customer",
            "4 ordered, shipped");
    assertThat(lines.get(10)).isEqualTo("281 rows are good, 22 set aside:");
    assertThat(lines.subList(11, 19))
        .as("what cannot be repaired")
        .extracting(line -> line.strip().split(" ", -1)[0] + column(line))
        .containsExactlyInAnyOrder(
            "1 zip",
            "2 ordered",
            "7 quantity",
            "3 order",
            "3",
            "1 customer",
            "4 ordered, shipped",
            "1 price");
    assertThat(lines.subList(19, 24))
        .containsExactly(
            "From the first to the second: 27 rows added, 0 removed, 0 changed",
            "History, newest first:",
            "  254 rows, back to the file as it came",
            "  281 rows, what could be repaired",
            "  254 rows, the file as it came");
  }

  private static String column(String line) {
    int from = line.indexOf(" column ");
    return from < 0
        ? ""
        : " " + line.substring(from + " column ".length(), line.indexOf(", value"));
  }

  @Test
  void page_showsTheRulesAndHowValuesAreDistributed() throws IOException {
    run();
    assertThat(Files.readString(directory.resolve("checks.html")))
        .contains(
            "284 rows, 8 rules: 7 fail.",
            "zip must match",
            "in 10 rows, 3.52%",
            "94198 9951",
            "in 1 row, 0.352%",
            "holds",
            "Distributions",
            "<svg");
  }

  /** Repairing again changes nothing: the same rows are there already. */
  @Test
  void run_again_givesTheSame() throws IOException {
    String once = run();
    assertThat(run().substring(once.length()).lines().toList().subList(0, 20))
        .isEqualTo(once.lines().toList().subList(0, 20));
  }
}
