package dev.mlstack.track;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link LoggingProcess}, and what it has said. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;
  private final Map<String, Integer> durable = new TreeMap<>();

  /**
   * Starts a process.
   *
   * @param temporary a directory for the native library, which a killed process leaves behind
   */
  Child(Path file, int runs, int limit, long seed, Path temporary) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-XX:+UseSerialGC"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LoggingProcess.class.getName());
    command.addAll(List.of(file.toString(), "" + runs, "" + limit, "" + seed));
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Reads what it says, up to a number of times that it says something is durable. */
  void listen(int acknowledgements) throws IOException {
    int heard = 0;
    String line = "";
    while (heard < acknowledgements && (line = lines.readLine()) != null) {
      String[] words = line.split(" ", /* limit= */ -1);
      durable.merge(words[1], words.length > 2 ? Integer.parseInt(words[2]) : 0, Math::max);
      heard += words[0].equals("durable") ? 1 : 0;
    }
  }

  /** Kills it at once, and hears what it had said before. */
  void kill() throws IOException, InterruptedException {
    // Through its handle, because the process itself would close its output, too.
    process.toHandle().destroyForcibly();
    process.waitFor();
    listen(Integer.MAX_VALUE);
  }

  /** Waits for its end. */
  int await() throws IOException, InterruptedException {
    listen(Integer.MAX_VALUE);
    return process.waitFor();
  }

  /** Returns for each run how many values it has said are durable. */
  Map<String, Integer> durable() {
    return durable;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
