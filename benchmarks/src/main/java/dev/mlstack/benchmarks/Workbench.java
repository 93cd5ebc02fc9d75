package dev.mlstack.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a benchmark works with: data that is made once, a directory that is empty at first, and
 * where results go.
 *
 * <p>Owns the directory, and deletes it when it is closed. Data stays for the next run.
 */
final class Workbench implements AutoCloseable {

  private final String benchmark;
  private final Path data;
  private final Path scratch;
  private final PrintStream out;

  private Workbench(String benchmark, Path data, Path scratch, PrintStream out) {
    this.benchmark = benchmark;
    this.data = data;
    this.scratch = scratch;
    this.out = out;
  }

  /**
   * Opens the workbench of a benchmark.
   *
   * @param directory where data is kept
   * @param out takes a line for each comparison
   */
  static Workbench open(String benchmark, Path directory, PrintStream out) throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Path scratch = Files.createTempDirectory(directory, benchmark + "-");
    return new Workbench(benchmark, data, scratch, out);
  }

  /** Writes the data of a file. */
  @FunctionalInterface
  interface Maker {
    /** Writes it to a file that does not exist yet. */
    void write(Path file) throws IOException;
  }

  /**
   * Returns a file of data.
   *
   * @param name the name of the file, which tells all that its data depends on
   * @param maker writes it if it does not exist yet
   */
  Path data(String name, Maker maker) throws IOException {
    Path file = data.resolve(name);
    if (Files.notExists(file)) {
      Path aside = scratch.resolve(name);
      maker.write(aside);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  /** Returns a new directory, on the disk where the data is. */
  Path newDirectory() throws IOException {
    return Files.createTempDirectory(scratch, "");
  }

  /** Prints a measure of ours beside that of a peer. */
  void report(String measure, String unit, double ours, String peer, double theirs) {
    out.println(new Comparison(benchmark, measure, unit, ours, peer, theirs));
    out.flush();
  }

  /** Deletes a directory and all that is in it. */
  static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  @Override
  public void close() throws IOException {
    delete(scratch);
  }
}
