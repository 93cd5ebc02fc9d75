package dev.mlstack.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaceTest {

  private static Race.Contestant taking(Double... seconds) {
    Iterator<Double> each = List.of(seconds).iterator();
    return each::next;
  }

  @Test
  void run_takesMediansAndLeavesWarmupsOut() throws IOException {
    Race race =
        new Race(1, 3, taking(90.0, 1.0, 5.0, 2.0)).against("A", taking(0.0, 3.0, 3.0, 4.0));
    assertThat(race.run()).containsExactly(2, 3);
  }

  @Test
  void run_evenNumberOfRounds_takesTheMiddleOfTheTwo() throws IOException {
    assertThat(new Race(0, 2, taking(1.0, 2.0)).run()).containsExactly(1.5);
  }

  @Test
  void report_printsALineForEachPeer(@TempDir Path directory) throws IOException {
    var bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Workbench workbench = Workbench.open("race", directory, out)) {
      new Race(0, 1, taking(1.0))
          .against("A", taking(2.0))
          .against("B", taking(0.5))
          .report(workbench, "lap", "ms", 1000);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "bench race/lap unit=ms ours=1000 A=2000 ratio=0.5",
            "bench race/lap unit=ms ours=1000 B=500 ratio=2");
  }

  @Test
  void data_isMadeOnce_andWhatElseWasWrittenIsDeleted(@TempDir Path directory) throws IOException {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    int[] made = new int[1];
    for (int i = 0; i < 2; i++) {
      try (Workbench workbench = Workbench.open("race", directory, out)) {
        Files.writeString(workbench.newDirectory().resolve("file"), "x");
        Path data = workbench.data("data", file -> Files.writeString(file, "made " + ++made[0]));
        assertThat(data).hasContent("made 1");
      }
    }
    assertThat(directory).isDirectoryNotContaining(path -> !path.endsWith("data"));
  }
}
