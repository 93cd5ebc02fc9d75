package dev.mlstack.data.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlstack.core.json.Json;
import dev.mlstack.data.access.AuditedRead.What;
import dev.mlstack.store.Digest;
import dev.mlstack.testkit.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  private static final Digest CONTENT = Digest.of(new byte[] {1});
  private static final int LINES = 100;

  private final Path file;

  AuditFileTest(@TempDir Path directory) {
    this.file = directory.resolve("audit.jsonl");
  }

  private static AuditedRead read(String who) {
    return new AuditedRead(
        who,
        "patients",
        What.ROWS,
        Optional.of(Digest.of(new byte[] {2})),
        CONTENT,
        List.of("id", "age"),
        List.of("mail"),
        Instant.parse("2026-01-31T12:00:00.123456789Z"));
  }

  @Test
  void line_hasItsFrozenForm() throws IOException {
    try (AuditFile audit = AuditFile.open(file)) {
      audit.record(read("ada"));
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"at\":\"2026-01-31T12:00:00.123456Z\",\"columns\":[\"id\",\"age\"],"
                + "\"commit\":\"dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986\","
                + "\"content\":\"4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a\","
                + "\"dataset\":\"patients\",\"hidden\":[\"mail\"],\"what\":\"ROWS\",\"who\":\"ada\"}\n");
  }

  @Test
  void hostileNames_stayInTheirLine() throws IOException {
    List<String> names =
        List.of(
            "a\nb", "\r\n{}", "\"},{\"who\":\"root\"", "\u2028\u0000\u0085", "x".repeat(100_000));
    try (AuditFile audit = AuditFile.open(file)) {
      names.forEach(name -> audit.record(read(name)));
      assertThatIllegalArgumentException().isThrownBy(() -> audit.record(read("half \ud800")));
    }
    assertThat(Files.readString(file).split("\n", -1)).hasSize(names.size() + 1);
    assertThat(who()).isEqualTo(names);
  }

  private List<String> who() throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : Files.readString(file).split("\n", 0)) {
      names.add(Json.parse(line).asDoc().text("who"));
    }
    return names;
  }

  private static void write(Path file, String name) throws IOException {
    try (AuditFile audit = AuditFile.open(file)) {
      for (int i = 0; i < LINES; i++) {
        audit.record(read(name + " " + i));
      }
    }
  }

  @Test
  void manyLogsAndThreads_loseNoLine() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (AuditFile shared = AuditFile.open(file)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        String name = "thread " + t;
        boolean sharing = t % 2 == 0;
        running.add(
            threads.submit(
                () -> {
                  if (sharing) {
                    for (int i = 0; i < LINES; i++) {
                      shared.record(read(name + " " + i));
                    }
                  } else {
                    write(file, name);
                  }
                  return null;
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(who()).hasSize(6 * LINES).doesNotHaveDuplicates();
  }

  /** Writes lines to a file in another process. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      write(Path.of(arguments[0]), arguments[1]);
    }
  }

  @Test
  void manyProcesses_loseNoLine() throws Exception {
    try (ChildJvm one = ChildJvm.start(Writer.class, file.toString(), "one");
        ChildJvm two = ChildJvm.start(Writer.class, file.toString(), "two")) {
      write(file, "here");
      assertThat(one.await()).isZero();
      assertThat(two.await()).isZero();
    }
    assertThat(who()).hasSize(3 * LINES).doesNotHaveDuplicates();
    Set<String> writers =
        who().stream().map(name -> name.split(" ", -1)[0]).collect(Collectors.toSet());
    assertThat(writers).containsExactlyInAnyOrder("one", "two", "here");
  }

  @Test
  void lineThatWasNotFinished_staysAlone() throws IOException {
    try (AuditFile audit = AuditFile.open(file)) {
      audit.record(read("first"));
      Files.write(file, "{\"at\"".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
      audit.record(read("second"));
    }
    assertThat(Files.readAllLines(file)).hasSize(3).element(1).isEqualTo("{\"at\"");
  }

  @Test
  void interrupt_losesNoLineAndIsKept() throws IOException {
    try (AuditFile audit = AuditFile.open(file)) {
      Thread.currentThread().interrupt();
      audit.record(read("ada"));
      assertThat(Thread.interrupted()).isTrue();
      audit.record(read("bob"));
    }
    assertThat(who()).containsExactly("ada", "bob");
  }

  @Test
  void whatCannotBeWritten_fails() throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AuditFile.open(file.resolveSibling("none").resolve("audit.jsonl")));
    AuditFile audit = AuditFile.open(file);
    audit.close();
    audit.close();
    assertThatIllegalStateException().isThrownBy(() -> audit.record(read("ada")));
    assertThat(file).isEmptyFile();
  }

  @Test
  void fullDisk_failsTheRead() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    AuditFile audit = AuditFile.open(full);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> audit.record(read("ada")))
        .withMessageContaining("cannot write the audit log /dev/full");
    // A device cannot be forced either, and that is not kept quiet.
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(audit::close);
  }
}
