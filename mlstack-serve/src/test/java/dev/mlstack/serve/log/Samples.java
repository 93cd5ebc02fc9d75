package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.testkit.RandomPredictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of the log have in common. */
final class Samples {

  static final Schema SCHEMA =
      Schema.of(
          Field.of("age", FieldType.FLOAT64).required(),
          Field.of("color", FieldType.TEXT),
          Field.of("visits", FieldType.INT32));

  private Samples() {}

  /** Returns entries of the endpoint {@code credit}. */
  static List<LoggedPrediction> entries(long first, int count) {
    return RandomPredictions.of("credit", SCHEMA, 2, count, first, first);
  }

  /** Returns the same entry with an input that was copied for the log. */
  static LoggedPrediction copied(LoggedPrediction entry) {
    return new LoggedPrediction(
        entry.id(),
        entry.endpoint(),
        entry.release(),
        entry.fittedModel(),
        RowCopier.of(entry.input().schema()).copy(entry.input()),
        entry.outputs(),
        entry.nanos());
  }

  static List<LoggedPrediction> copied(List<LoggedPrediction> entries) {
    return entries.stream().map(Samples::copied).toList();
  }

  static List<LoggedPrediction> all(PredictionLog log) {
    List<LoggedPrediction> all = new ArrayList<>();
    log.forEach("credit", all::add);
    return all;
  }

  /** Returns the files of a directory whose names end so. */
  static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /**
   * Copies the journals of this process to where they look like those of one that died; returns
   * them.
   */
  static List<Path> asIfDead(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    List<Path> copies = new ArrayList<>();
    for (Path file : files(from, ".journal")) {
      copies.add(Files.copy(file, to.resolve("dead-" + copies.size() + ".journal")));
    }
    return copies;
  }
}
