package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments, lines before the header, escapes, and rows of any length. */
class CsvDialectTest {

  private static final int[] CHUNKS = {2, 5, 16, 1000};
  private static final Schema TEXTS =
      Schema.of(Field.of("a", FieldType.TEXT), Field.of("b", FieldType.TEXT));

  private final Path directory;

  CsvDialectTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Csv csv(String text) throws IOException {
    return Csv.file(CsvResult.write(directory, text));
  }

  @Test
  void comment_linesAreNoRows() throws IOException {
    Csv csv = csv("#first, \"line\na,b\n#1,2\n1,#2\n3,\"\n#4\"\n# the \"end").comment('#');
    for (int chunk : CHUNKS) {
      CsvResult result = CsvResult.read(csv.chunkBytes(chunk));
      assertThat(result.texts("a")).containsExactly("1", "3");
      assertThat(result.texts("b")).containsExactly("#2", "\n#4");
      assertThat(result.lines()).containsExactly(4L, 5L);
    }
  }

  @Test
  void skipLines_areNotLookedAt() throws IOException {
    Csv csv = csv("made by, \"someone\r\n\r\na;b\r\n1;2\r\nx\r\n").skipLines(2);
    CsvResult result = CsvResult.read(csv.delimiter(';'));
    assertThat(result.texts("a")).containsExactly("1");
    assertThat(result.lines()).containsExactly(4L);
    RejectedRow row = result.rejected().get(0);
    assertThat(row.line()).isEqualTo(5);
    assertThat(row.offset()).isEqualTo(31);
    assertThatIllegalArgumentException().isThrownBy(() -> csv.skipLines(-1));
  }

  @Test
  void escape_makesTheNextCharacterOrdinary() throws IOException {
    String file = "a,b\n\"x\\\"y\\\\\",1\\,5\n\"\"\"\",\\\\\\n\n\"p\nq\",r\\\ns\nlast,\\\"é\n";
    for (int chunk : CHUNKS) {
      CsvResult result = CsvResult.read(csv(file).escape('\\').as(TEXTS).chunkBytes(chunk));
      assertThat(result.rejected()).isEmpty();
      assertThat(result.texts("a")).containsExactly("x\"y\\", "\"", "p\nq", "last");
      assertThat(result.texts("b")).containsExactly("1,5", "\\n", "r\ns", "\"é");
      assertThat(result.lines()).containsExactly(2L, 3L, 4L, 7L);
    }
  }

  /** What is escaped when it is written, whatever it is, is read as it was. */
  @Test
  void escape_ofAnyText_isUndone() throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    String alphabet = "ab,\"\\\n\ré#";
    for (int round = 0; round < Seeds.repetitions(100, 20_000); round++) {
      StringBuilder file = new StringBuilder("a,b");
      List<String> expected = new ArrayList<>();
      for (int row = 0; row < 10; row++) {
        file.append("\nrow");
        StringBuilder text = new StringBuilder("x");
        boolean quoted = random.nextBoolean();
        file.append(quoted ? ",\"x" : ",x");
        for (int i = random.nextInt(12); i > 0; i--) {
          char c = alphabet.charAt(random.nextInt(alphabet.length()));
          text.append(c);
          file.append("#é".indexOf(c) < 0 ? "\\" : "").append(c);
        }
        file.append(quoted ? "\"" : ".");
        text.append(quoted ? "" : ".");
        expected.add(text.toString());
      }
      CsvResult result =
          CsvResult.read(
              csv(file.toString()).escape('\\').as(TEXTS).chunkBytes(2 + random.nextInt(60)));
      assertThat(result.texts("b")).as("seed %d, file %s", seed, file).isEqualTo(expected);
    }
  }

  @Test
  void ragged_padsAndIgnores() throws IOException {
    String file = "a,b,c\n1\n2,x,0.5,more\n3,,\n";
    CsvResult result = CsvResult.read(csv(file).ragged(true));
    assertThat(result.rejected()).isEmpty();
    assertThat(result.texts("a")).containsExactly("1", "2", "3");
    assertThat(result.texts("c")).containsExactly("", "0.5", "");
    assertThat(result.schema().field("c").type()).isEqualTo(FieldType.FLOAT64);
    assertThat(CsvResult.read(csv(file).maxRejected(9)).texts("a")).containsExactly("3");
  }

  @Test
  void ragged_columnThatMustBeThere_isStillMissed() throws IOException {
    record R(int a, int b) {}
    CsvResult result = CsvResult.read(csv("a,b\n1\n2,3\n").as(R.class).ragged(true));
    assertThat(result.texts("a")).containsExactly("2");
    assertThat(result.rejected().get(0).column()).isEqualTo("b");
    assertThat(result.rejected().get(0).value()).isEmpty();
  }

  /** FastCSV reads the same fields, and passes over the same comments. */
  @ParameterizedTest
  @ValueSource(chars = {'"', '\''})
  void read_agreesWithFastCsv(char quote) throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    String[] pieces = {
      "x", "1", "é", " ", "#", "Q,Q", "Q\nQ", "Q\r\nQ", "QQ", "Qa QQb QQQ", "y\"z"
    };
    for (int round = 0; round < Seeds.repetitions(100, 20_000); round++) {
      StringBuilder text = new StringBuilder();
      for (int row = 0; row < 30; row++) {
        boolean comment = random.nextInt(5) == 0;
        text.append(comment ? "#a,Q comment\n" : "row," + pieces[random.nextInt(pieces.length)]);
        text.append(comment ? "" : random.nextBoolean() ? "\n" : "\r\n");
      }
      String file = text.toString().replace('Q', quote);
      CsvResult result =
          CsvResult.read(
              csv("a,b\n" + file)
                  .quote(quote)
                  .comment('#')
                  .as(TEXTS)
                  .chunkBytes(2 + random.nextInt(100)));
      List<String> expected = new ArrayList<>();
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .quoteCharacter(quote)
              .commentStrategy(CommentStrategy.SKIP)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(file)) {
        reader.forEach(row -> expected.add(row.getField(1)));
      }
      assertThat(result.texts("b")).as("seed %d, file %s", seed, file).isEqualTo(expected);
    }
  }

  @Test
  void dialect_ofOneCharacterForTwoThings_isRefused() throws IOException {
    Csv csv = csv("a\n1\n");
    assertThatIllegalArgumentException().isThrownBy(() -> csv.comment(','));
    assertThatIllegalArgumentException().isThrownBy(() -> csv.escape('"'));
    assertThatIllegalArgumentException().isThrownBy(() -> csv.escape('\n'));
  }

  @Test
  void parameters_sayWhatIsNotTheDefault() throws IOException {
    Csv csv = csv("a\n1\n");
    assertThat(csv.parameters().canonicalJson())
        .isEqualTo(
            "{\"charset\":\"UTF-8\",\"delimiter\":\",\",\"header\":true,\"quote\":\"\\\"\"}");
    assertThat(csv.skipLines(1).comment('#').escape('\\').ragged(true).parameters().canonicalJson())
        .contains("\"comment\":\"#\"", "\"escape\":\"\\\\\"", "\"ragged\":true", "\"skip\":1");
  }
}
