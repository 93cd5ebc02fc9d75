package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
              "160683365347459464d99b18d7dbeee0f0f6b298b10fd0e73917fe45bbf9484d");

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
    List<Jdk> others = Jdk.others();
    assumeFalse(others.isEmpty(), Jdk.NO_OTHERS);
    Map<String, String> here = LoopDigests.of(directory.resolve("here"));
    for (Jdk jdk : others) {
      assertSameContentsAndOtherRecords(here, digestsOn(jdk));
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

  private Map<String, String> digestsOn(Jdk jdk) throws Exception {
    Path home = Files.createTempDirectory(directory, "jdk");
    Jdk.Ending ending =
        jdk.java(
            home,
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                LoopDigests.class.getName(),
                home.resolve("workspace").toString()));
    assertThat(ending.exit()).as(ending.errors().toString()).isZero();
    Map<String, String> digests = new TreeMap<>();
    ending.output().stream()
        .map(line -> line.split(" ", -1))
        .forEach(pair -> digests.put(pair[0], pair[1]));
    return digests;
  }
}
