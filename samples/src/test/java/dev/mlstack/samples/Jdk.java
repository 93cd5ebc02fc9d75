package dev.mlstack.samples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An installed JDK, to run programs on.
 *
 * @param home its directory
 * @param feature its version, such as 17
 */
record Jdk(Path home, int feature) {

  /**
   * The variable of the environment that names the directories of other JDKs, separated like those
   * of a class path.
   */
  private static final String OTHERS = "MLSTACK_OTHER_JDKS";

  /** Why a test is skipped that needs another. */
  static final String NO_OTHERS = "there is no other JDK; name some in " + OTHERS;

  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final int OLDEST = 17;
  private static final long PATIENCE_SECONDS = 120;

  /** How a process ended, and what it said. */
  record Ending(int exit, List<String> output, List<String> errors) {}

  /** Returns the one that runs this. */
  static Jdk current() throws IOException {
    Path home = Path.of(System.getProperty("java.home"));
    return new Jdk(home.toRealPath(), Runtime.version().feature());
  }

  /** Returns all others that are known and not too old. */
  static List<Jdk> others() throws IOException {
    List<Jdk> others = new ArrayList<>();
    for (Path home : homes()) {
      if (Files.isRegularFile(home.resolve("release"))
          && Files.isExecutable(home.resolve("bin/java"))) {
        Jdk jdk = of(home);
        if (jdk.feature >= OLDEST && !jdk.equals(current()) && !others.contains(jdk)) {
          others.add(jdk);
        }
      }
    }
    return others;
  }

  private static List<Path> homes() throws IOException {
    String named = System.getenv(OTHERS);
    if (named != null) {
      return Arrays.stream(named.split(File.pathSeparator, -1)).map(Path::of).toList();
    }
    if (!Files.isDirectory(INSTALLED)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return homes.sorted().toList();
    }
  }

  private static Jdk of(Path home) throws IOException {
    Properties release = new Properties();
    try (BufferedReader in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    }
    // Such as "17.0.15", with the quotes, or "1.8.0_292".
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return new Jdk(home.toRealPath(), Integer.parseInt(version.replaceAll("\\D.*", "")));
  }

  /**
   * Runs {@code java}, without any flag that the environment would add.
   *
   * @param directory where what it says is kept
   * @throws AssertionError if it does not end
   */
  Ending java(Path directory, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
    command.addAll(arguments);
    Path output = directory.resolve("output.txt");
    Path errors = directory.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " does not end; it said " + lines(output));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Ending(process.exitValue(), lines(output), lines(errors));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "JDK " + feature + " in " + home;
  }
}
