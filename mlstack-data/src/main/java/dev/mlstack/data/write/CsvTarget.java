package dev.mlstack.data.write;

import dev.mlstack.compute.Execution;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Target;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of comma-separated values (RFC 4180) that is written, in UTF-8 and with a header.
 *
 * <pre>{@code
 * CsvTarget.to(path).gzip().write(snapshot, Execution.here());
 * }</pre>
 *
 * <p><b>Values</b> are written so that {@code Csv} reads them as they were, given the schema: real
 * numbers with the digits that tell them apart from all others, {@code NAN} and {@code inf}; dates
 * and timestamps as ISO 8601 has them, an instant with {@code Z}. A category is its text. A tensor
 * is as many columns as it has numbers, {@code pixels_1}, {@code pixels_2} and so on, which {@code
 * Csv.gather} puts together again.
 *
 * <p><b>Missing values</b> are empty fields. An empty text is a quoted empty field, {@code ""}, so
 * that readers can tell the two apart; {@code Csv} reads both as missing. A missing value in a file
 * of one column is quoted, too: a blank line would be no row.
 *
 * <p>The file is written beside its place and moved there as a whole. Immutable. Every method
 * returns a changed copy.
 */
public final class CsvTarget implements Target {

  private final Path path;
  private final char delimiter;
  private final boolean gzip;

  private CsvTarget(Path path, char delimiter, boolean gzip) {
    this.path = path;
    this.delimiter = delimiter;
    this.gzip = gzip;
  }

  /** Returns a target that writes a file with commas, not compressed. */
  public static CsvTarget to(Path path) {
    return new CsvTarget(path, ',', /* gzip= */ false);
  }

  /**
   * Says what separates fields; a comma by default.
   *
   * @param newDelimiter a character of ASCII that is no part of numbers and no quote
   */
  public CsvTarget delimiter(char newDelimiter) {
    if (newDelimiter >= 0x80
        || Character.isLetterOrDigit(newDelimiter)
        || "\"\r\n+-.:".indexOf(newDelimiter) >= 0) {
      throw new IllegalArgumentException(
          "delimiter must be a character of ASCII that no number has but was '"
              + newDelimiter
              + "'");
    }
    return new CsvTarget(path, newDelimiter, gzip);
  }

  /** Compresses the file with GZIP. */
  public CsvTarget gzip() {
    return new CsvTarget(path, delimiter, /* gzip= */ true);
  }

  @Override
  public long write(Dataset rows, Execution execution) throws IOException {
    return TargetFile.write(
        path,
        rows,
        execution,
        out -> new CsvWriter(CsvBytes.on(out, gzip), rows.schema(), delimiter));
  }

  /** Returns where is written to, and how. */
  @Override
  public String toString() {
    return "csv " + path + (gzip ? " with gzip" : "");
  }
}
