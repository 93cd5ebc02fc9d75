package dev.mlstack.samples;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a sample is told by system properties.
 *
 * @param csv another CSV file, {@code -Dcsv}
 * @param target the name of its column that is to be predicted, {@code -Dtarget}
 * @param directory where to leave everything, {@code -Ddirectory}
 */
record SampleOptions(Optional<Path> csv, Optional<String> target, Optional<Path> directory) {

  /** Reads the properties; empty ones count as not given. */
  static SampleOptions fromSystem() {
    return new SampleOptions(
        property("csv").map(Path::of), property("target"), property("directory").map(Path::of));
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }

  /**
   * Returns the other file, if there is one.
   *
   * @throws IllegalArgumentException if a file is given without a target or the other way round
   */
  Optional<UnknownCsv> other() {
    if (csv.isPresent() != target.isPresent()) {
      throw new IllegalArgumentException(
          "-Dcsv=FILE and -Dtarget=COLUMN go together but only "
              + (csv.isPresent() ? "-Dcsv" : "-Dtarget")
              + " is given");
    }
    return csv.map(path -> new UnknownCsv(path, target.orElseThrow()));
  }

  /** Returns where to leave everything. */
  Path output(String name) {
    return directory.orElseGet(() -> SampleFiles.output(name));
  }
}
