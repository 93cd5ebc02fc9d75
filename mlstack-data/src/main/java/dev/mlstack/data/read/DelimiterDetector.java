package dev.mlstack.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Finds out what separates the fields of a file, by looking at its beginning. */
final class DelimiterDetector {

  private static final String CANDIDATES = ",;\t|";
  private static final int MAX_RECORDS = 100;

  private final Dialect dialect;
  private final byte[] sample;
  private final boolean whole;

  /**
   * Creates a detector.
   *
   * @param sample the beginning of a file, in UTF-8
   * @param whole whether it is the whole file; otherwise its last record may be cut
   */
  DelimiterDetector(Dialect dialect, byte[] sample, boolean whole) {
    this.dialect = dialect;
    this.sample = sample;
    this.whole = whole;
  }

  /**
   * Returns the delimiter that gives records of equal length, the longest; a comma if none does.
   */
  char detect() throws IOException {
    char best = ',';
    int most = 1;
    for (int i = 0; i < CANDIDATES.length(); i++) {
      char candidate = CANDIDATES.charAt(i);
      int fields = candidate == dialect.quote() ? 1 : fields(candidate);
      if (fields > most) {
        best = candidate;
        most = fields;
      }
    }
    return best;
  }

  /** Returns how many fields nine of ten records have if a character separates them; 1 if none. */
  private int fields(char delimiter) throws IOException {
    int[] counts = new int[MAX_RECORDS];
    int records = 0;
    InputStream in = new ByteArrayInputStream(sample);
    RecordScanner scanner = dialect.withDelimiter(delimiter).scanner();
    try (RecordReader reader = new RecordReader(in, scanner, sample.length)) {
      while (records < MAX_RECORDS && reader.next()) {
        boolean cut = !whole && reader.offset() + reader.length() == sample.length && records > 0;
        if (!cut) {
          counts[records++] = reader.problem() == null ? reader.fields().fields() : 0;
        }
      }
    }
    int first = counts[0];
    long same = Arrays.stream(counts, 0, records).filter(count -> count == first).count();
    return 10 * same >= 9L * records ? first : 1;
  }
}
