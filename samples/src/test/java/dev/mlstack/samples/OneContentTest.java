package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One recipe, one content: wherever the main job runs, it makes the same contents. */
class OneContentTest {

  /** What the main job has always made. The network is left out: it depends on the machine. */
  private static final Map<String, String> FROZEN =
      Map.of(
          "content.snapshot", "c3440c63d8f86150ca3bc5d493885e85f6d0ec0a944a3f221448277080ac8889",
          "content.split", "34ad77fd1c5cc4e1318c574904bb9bb60ebf4b6900e570573ed8c1248434ff2e",
          "content.logistic.pipeline",
              "a2f3a8d915d1630c7b836c9b43b1a671d7674bf5f043c6a478fae656b8e77dbb",
          "content.logistic.model",
              "92f9aa1e6217f8a57168c35d54c91dbc532ef3cce30110a2f3b04045a20e0448",
          "content.logistic.evaluation",
              "26d15778b9eadf6d8a4ff32f6d610a78a890942ba00dd319c0c8aa5693f16494",
          "content.logistic.profile",
              "8bb1a1c381c4651584d5f770936b03bd91b18d5562b1e9297cee1a128958dd29");

  private final Path directory;

  OneContentTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void mainJob_inFreshDirectories_makesTheSameContentsAndOtherRecords() throws IOException {
    Map<String, String> one = LoopDigests.of(directory.resolve("one"));
    Map<String, String> other = LoopDigests.of(directory.resolve("other"));
    assertThat(one).containsAllEntriesOf(FROZEN);
    assertSameContentsAndOtherRecords(one, other);
  }

  @Test
  void mainJob_onOtherVersionsOfJava_makesTheSameContents() throws Exception {
    List<Path> others = otherJdks();
    assumeFalse(others.isEmpty(), "there is no other JDK; name some in MLSTACK_OTHER_JDKS");
    Map<String, String> here = LoopDigests.of(directory.resolve("here"));
    for (Path jdk : others) {
      Map<String, String> there = digestsOn(jdk, directory.resolve("on-" + jdk.getFileName()));
      assertSameContentsAndOtherRecords(here, there);
    }
  }

  private static void assertSameContentsAndOtherRecords(
      Map<String, String> one, Map<String, String> other) {
    assertThat(other.keySet()).isEqualTo(one.keySet()).hasSizeGreaterThan(20);
    one.forEach(
        (name, digest) -> {
          if (name.startsWith("content.")) {
            assertThat(other).containsEntry(name, digest);
          } else {
            assertThat(other).doesNotContainEntry(name, digest);
          }
        });
  }

  private static List<Path> otherJdks() throws IOException {
    String named = System.getenv("MLSTACK_OTHER_JDKS");
    if (named != null) {
      return Arrays.stream(named.split(File.pathSeparator, -1)).map(Path::of).toList();
    }
    Path installed = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(installed)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(installed)) {
      return homes
          .filter(home -> !Files.isSymbolicLink(home) && Files.isExecutable(java(home)))
          .filter(home -> version(home) >= 17 && version(home) != Runtime.version().feature())
          .sorted()
          .toList();
    }
  }

  /** Returns the version that a JDK says it is, or 0. */
  private static int version(Path home) {
    try {
      for (String line : Files.readAllLines(home.resolve("release"))) {
        if (line.startsWith("JAVA_VERSION=")) {
          return Runtime.Version.parse(line.substring(13).replace("\"", "")).feature();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
    return 0;
  }

  private static Path java(Path home) {
    return home.resolve("bin").resolve("java");
  }

  private static Map<String, String> digestsOn(Path jdk, Path directory) throws Exception {
    List<String> command = new ArrayList<>(List.of(java(jdk).toString(), "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(LoopDigests.class.getName());
    command.add(directory.toString());
    Path errors = Files.createTempFile("errors", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    Files.delete(errors);
    Map<String, String> digests = new TreeMap<>();
    text.lines().map(line -> line.split(" ", -1)).forEach(p -> digests.put(p[0], p[1]));
    return digests;
  }
}
