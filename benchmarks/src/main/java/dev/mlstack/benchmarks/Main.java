package dev.mlstack.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** Runs one benchmark and prints what it found. */
public final class Main {

  private static final int UNKNOWN_NAME = 2;

  private Main() {}

  /**
   * Runs a benchmark.
   *
   * @param arguments its name, or {@code list}; and the directory for data that is made on first
   *     use
   * @throws IOException if the benchmark fails
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "two arguments are needed, the name of a benchmark and a directory, but there are "
              + arguments.length);
    }
    String name = arguments[0];
    PrintStream out = System.out; // The one place: lines on standard output are what this is for.
    Optional<Benchmark> benchmark = Benchmarks.find(name);
    if (benchmark.isPresent()) {
      try (Workbench workbench = Workbench.open(name, Path.of(arguments[1]), out)) {
        benchmark.get().run(workbench);
      }
    } else {
      out.print(Benchmarks.list());
      if (!name.equals("list")) {
        out.println("There is no benchmark '" + name + "'; these are all.");
        System.exit(UNKNOWN_NAME);
      }
    }
  }
}
