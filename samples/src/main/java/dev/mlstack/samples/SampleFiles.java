package dev.mlstack.samples;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the samples find their data and leave what they make. */
final class SampleFiles {

  private SampleFiles() {}

  /** Returns a file that the samples carry, from the root of the project or from the module. */
  static Path data(String name) {
    return module().resolve("data").resolve(name);
  }

  /** Returns the directory that a sample leaves for looking at. */
  static Path output(String name) {
    return module().resolve("target").resolve(name);
  }

  private static Path module() {
    Path fromRoot = Path.of("samples");
    return Files.isDirectory(fromRoot.resolve("data")) ? fromRoot : Path.of("");
  }
}
