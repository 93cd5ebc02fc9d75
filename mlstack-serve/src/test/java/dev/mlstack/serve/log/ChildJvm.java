package dev.mlstack.serve.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another JVM with the class path of this one, to be killed. */
final class ChildJvm {

  private final Process process;
  private final Path said;

  /**
   * Starts a class with a main method; what it complains of goes to the error stream.
   *
   * @param said a new file for what it says
   */
  ChildJvm(Path said, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:-UsePerfData", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    this.said = said;
    this.process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(said.toFile())
            .start();
  }

  /** In the child: says something to the parent, which can read it from then on. */
  static synchronized void say(String line) {
    try {
      // Neither buffered nor closed.
      new FileOutputStream(FileDescriptor.out)
          .write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the parent is gone", e);
    }
  }

  /** Waits until the child has said something. */
  void awaitFirstLine() throws IOException {
    while (Files.size(said) == 0) {
      if (!process.isAlive()) {
        throw new AssertionError("the child ended without a word");
      }
      Thread.onSpinWait();
    }
  }

  /** Kills the child as with {@code kill -9}; returns the lines it said. */
  List<String> kill() throws IOException, InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    String all = Files.readString(said, StandardCharsets.UTF_8);
    return all.substring(0, all.lastIndexOf('\n') + 1).lines().toList();
  }
}
