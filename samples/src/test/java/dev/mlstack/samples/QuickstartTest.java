package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

  private static final String MARK = "// README\n";

  private final Path directory;

  QuickstartTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void quickstart_answersAndTraces() throws IOException {
    Console console = new Console();
    Quickstart.run(SampleFiles.data("breast_cancer.csv"), directory, console.stream());
    assertThat(console.text())
        .startsWith("auc 0.9")
        .contains("MALIGNANT", "release: release/1", "snapshot/1", "breast_cancer.csv");
  }

  /** The program in the README is this one, apart from indentation. */
  @Test
  void quickstart_isTheProgramOfTheReadme() throws IOException {
    String source = Files.readString(Path.of("src/main/java/dev/mlstack/samples/Quickstart.java"));
    List<String> parts = List.of(source.split(MARK, -1));
    assertThat(parts).hasSize(3);
    String readme = withoutBlanks(Files.readString(Path.of("../README.md")));
    assertThat(readme).contains(withoutBlanks(parts.get(1)));
    assertThat(readme)
        .contains(
            withoutBlanks(
                "record Nucleus(double worstRadius, double worstTexture, double worstConcavePoints)"
                    + " {}"));
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s+", "");
  }
}
