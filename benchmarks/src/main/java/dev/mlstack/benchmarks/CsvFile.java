package dev.mlstack.benchmarks;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A file of trips, as the benchmarks read it: whole numbers, prices with two decimals, measurements
 * with all digits of a double, a hundred short texts, and long ones of which some have commas and
 * quotes. One value in fifty of the first measurement is missing.
 */
final class CsvFile {

  /** The columns, in the order of the file. */
  static final Schema SCHEMA =
      Schema.of(
          Field.of("trip", FieldType.INT64).required(),
          Field.of("riders", FieldType.INT64).required(),
          Field.of("distance", FieldType.FLOAT64),
          Field.of("speed", FieldType.FLOAT64).required(),
          Field.of("latitude", FieldType.FLOAT64).required(),
          Field.of("longitude", FieldType.FLOAT64).required(),
          Field.of("fare", FieldType.FLOAT64).required(),
          Field.of("tip", FieldType.FLOAT64).required(),
          Field.of("zone", FieldType.TEXT).required(),
          Field.of("note", FieldType.TEXT).required());

  /** How many columns, from the first on, are numbers. */
  static final int NUMBERS = 8;

  private static final int ROWS = 700_000;
  private static final long SEED = 1;
  private static final int MISSING_ONE_IN = 50;
  private static final int ZONES = 100;
  private static final int QUOTED_ONE_IN = 10;
  private static final String[] WORDS = {
    "airport", "bridge", "café", "detour", "early", "ferry", "garage", "harbour", "jam", "luggage",
    "meter", "night", "offer", "parcel", "quiet", "rain", "station", "tunnel", "urgent", "waiting"
  };

  private CsvFile() {}

  /** Returns the file, some 100 MB, made if it is not there. */
  static Path of(Workbench workbench) throws IOException {
    return workbench.data("trips-" + ROWS + ".csv", CsvFile::write);
  }

  private static void write(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(String.join(",", SCHEMA.names()));
      out.write('\n');
      for (int row = 0; row < ROWS; row++) {
        out.write(line(row, random));
        out.write('\n');
      }
    }
  }

  private static String line(int row, SplittableRandom random) {
    boolean missing = random.nextInt(MISSING_ONE_IN) == 0;
    return String.join(
        ",",
        Integer.toString(100_000_000 + row),
        Integer.toString(1 + random.nextInt(6)),
        missing ? "" : Double.toString(random.nextDouble() * 30),
        Double.toString(random.nextDouble() * 90),
        Double.toString(40 + random.nextDouble()),
        Double.toString(-74 + random.nextDouble()),
        String.format(Locale.ROOT, "%.2f", 3 + random.nextDouble() * 80),
        String.format(Locale.ROOT, "%.2f", random.nextDouble() * 9),
        "zone " + random.nextInt(ZONES),
        note(random));
  }

  private static String note(SplittableRandom random) {
    StringBuilder note = new StringBuilder();
    int words = 2 + random.nextInt(6);
    for (int i = 0; i < words; i++) {
      note.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return random.nextInt(QUOTED_ONE_IN) == 0 ? "\"" + note + ", \"\"ok\"\"\"" : note.toString();
  }
}
