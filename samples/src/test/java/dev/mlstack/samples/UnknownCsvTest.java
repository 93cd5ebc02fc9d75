package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the samples have not seen. */
class UnknownCsvTest {

  private final Path directory;

  UnknownCsvTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private final Console console = new Console();
  private final Random random = new Random(1);

  private interface RowOf {
    String row(int index);
  }

  private Path file(String header, int rows, RowOf row) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < rows; i++) {
      text.append(row.row(i)).append('\n');
    }
    return Files.writeString(directory.resolve("Some File (1).csv"), text);
  }

  private WholeLoop.Result run(Path csv, String target) throws IOException {
    Study<?, ?> study = new UnknownCsv(csv, target).study();
    return WholeLoop.run(study, directory.resolve("workspace"), console.stream());
  }

  private String oneOf(String... values) {
    return values[random.nextInt(values.length)];
  }

  /**
   * Semicolons, quotes, missing values, identifiers, texts of many values, dates, a blank target.
   */
  @Test
  void mixedColumns_withMissingValues_runToTheEnd() throws IOException {
    Path csv =
        file(
            "id;name;sex;age;embarked;cabin;day;survived",
            500,
            i -> {
              String sex = oneOf("male", "female");
              boolean survived = sex.equals("female") ^ random.nextInt(5) == 0;
              String age = random.nextInt(5) == 0 ? "" : String.valueOf(random.nextInt(800) / 10.0);
              String cabin = random.nextInt(3) > 0 ? "" : "C" + random.nextInt(100);
              return String.join(
                  ";",
                  String.valueOf(i),
                  "\"Name; " + i + "\"",
                  sex,
                  age,
                  oneOf("S", "C", "Q", "?"),
                  cabin,
                  "2020-01-" + (10 + random.nextInt(18)),
                  i % 50 == 49 ? "" : survived ? "yes" : "no");
            });
    WholeLoop.Result result = run(csv, "survived");

    assertThat(result.data().rows()).isEqualTo(490);
    assertThat(console.text()).contains("490 rows read, 10 set aside");
    assertThat(result.models().get(1).test().main().name()).isEqualTo("auc");
    assertThat(result.models().get(1).test().main().value()).isGreaterThan(0.7);
    assertThat(result.untouched().hasDrift()).isFalse();
    assertThat(result.replay().equal()).isEqualTo(result.replay().total());
  }

  @Test
  void aNumber_isPredicted() throws IOException {
    Path csv =
        file(
            "rooms,city,area,garden,price",
            600,
            i -> {
              int rooms = 1 + random.nextInt(8);
              double area = 20 + random.nextInt(1800) / 10.0;
              String city = oneOf("Berlin", "Paris", "NA");
              double price = 20_000 * rooms + 3000 * area + (city.equals("Paris") ? 50_000 : 0);
              return String.format(
                  Locale.ROOT, "%d,%s,%.1f,%b,%.2f", rooms, city, area, i % 2 == 0, price);
            });
    WholeLoop.Result result = run(csv, "price");

    assertThat(result.models())
        .extracting(model -> model.run().request().name())
        .containsExactly("prior", "least-squares", "neural-network");
    assertThat(result.models().get(1).test().metric("r2").value()).isGreaterThan(0.99);
    assertThat(result.models().get(2).test().metric("r2").value()).isGreaterThan(0.9);
  }

  @Test
  void aTargetOfManyTexts_amongTextsOnly_isPredicted() throws IOException {
    Path csv =
        file(
            "color\tshape\tkind",
            400,
            i -> {
              String color = oneOf("red", "green", "blue", "");
              return color + "\t" + oneOf("round", "square") + "\tkind " + color.length();
            });
    WholeLoop.Result result = run(csv, "KIND");

    assertThat(result.models().get(1).test().main().name()).isEqualTo("accuracy");
    assertThat(result.models().get(1).test().main().value()).isGreaterThan(0.95);
  }

  @Test
  void aTargetOfFewWholeNumbers_isAClass() throws IOException {
    Path csv = file("x,y,stars", 300, i -> i % 5 + ".5," + random.nextInt(9) + "," + i % 5);
    WholeLoop.Result result = run(csv, "stars");

    assertThat(result.models().get(1).test().main().name()).isEqualTo("accuracy");
  }

  @Test
  void aTargetOfWholeNumbersWithFractionsOfZero_isAClass() throws IOException {
    Path csv = file("x,y", 300, i -> i % 2 + random.nextInt(9) / 10.0 + "," + i % 2 + ".0");
    WholeLoop.Result result = run(csv, "y");

    assertThat(result.models().get(1).test().main().name()).isEqualTo("auc");
    assertThat(result.models().get(1).test().main().value()).isGreaterThan(0.95);
  }

  @Test
  void decimalCommas_areRead() throws IOException {
    Path csv =
        file(
            "Fläche;Ort;Preis",
            400,
            i -> {
              int tenths = 200 + random.nextInt(1800);
              String ort = oneOf("Köln", "München");
              return tenths / 10 + "," + tenths % 10 + ";" + ort + ";" + tenths * 300 + ",50";
            });
    WholeLoop.Result result = run(csv, "Preis");

    assertThat(result.models().get(1).test().metric("r2").value()).isGreaterThan(0.99);
  }

  /** Most rows have nothing to learn from, as in data that is only partly labelled. */
  @Test
  void aTargetThatIsMostlyMissing_setsThoseRowsAside() throws IOException {
    Path csv =
        file(
            "x,y",
            4000,
            i -> random.nextInt(100) + "," + (i % 3 > 0 ? "NA" : i % 2 == 0 ? "a" : "b"));
    WholeLoop.Result result = run(csv, "y");

    assertThat(result.data().rows()).isEqualTo(1334);
    assertThat(console.text()).contains("1334 rows read, 2666 set aside");
  }

  /** Blanks behind commas, and marks for missing values that have some, too. */
  @Test
  void blanksAroundClasses_doNotMatter() throws IOException {
    Path csv =
        file(
            "x, job, income",
            300,
            i ->
                random.nextInt(9)
                    + ", "
                    + oneOf("clerk", "?")
                    + ", "
                    + (i % 2 > 0 ? ">50K" : "<=50K"));
    WholeLoop.Result result = run(csv, "income");

    assertThat(console.text()).contains("answer ").doesNotContain("answer  ");
    assertThat(result.untouched().hasDrift()).isFalse();
  }

  @Test
  void columnsThatDifferInCase_areToldApart() throws IOException {
    Path csv = file("X,x,z", 300, i -> random.nextInt() + "," + (i % 2 > 0 ? "a" : "b") + ",1");

    assertThat(run(csv, "x").models().get(1).test().main().name()).isEqualTo("auc");
    Path alike = file("XX,Xx,z", 9, i -> "1,2," + i);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(alike, "xx"))
        .withMessageContaining("no column 'xx'; its columns are [XX, Xx, z]");
  }

  @Test
  void columnsOfAnyNumber_areTakenForAnImage() throws IOException {
    Path csv =
        file("a,b,c,label", 300, i -> i % 2 + "," + random.nextInt(9) + ",x" + i % 3 + "," + i % 2);
    Study<?, ?> study = new UnknownCsv(csv, "label").imageStudy();
    WholeLoop.Result result =
        WholeLoop.run(study, directory.resolve("workspace"), console.stream());

    assertThat(result.models().get(2).test().main().value()).isGreaterThan(0.95);
  }

  @Test
  void whatCannotBeDone_isSaid() throws IOException {
    Path csv = file("a,b,day", 50, i -> i + ",same,2020-01-01");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(csv, "nope"))
        .withMessageContaining("no column 'nope'; its columns are [a, b, day]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(csv, "b"))
        .withMessageContaining("column 'b' must have from 2 to 1000 different values")
        .withMessageContaining("no others than [same]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(csv, "day"))
        .withMessageContaining("holds times");
    Path nothing = file("a,b", 50, i -> i + ",NA");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(nothing, "b"))
        .withMessageEndingWith("to be predicted but has none");
    Path names = file("a,name", 50, i -> i + "," + (i == 7 ? "1" : "name " + i));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(names, "name"))
        .withMessageContaining("column 'name' must have from 2 to 1000 different values")
        .withMessageContaining(
            "has 50 in 50 rows, among them 'name 0', which is not read as a number");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> run(directory.resolve("missing.csv"), "a"))
        .withMessageContaining("missing.csv");
    Path empty = Files.writeString(directory.resolve("empty.csv"), "");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> run(empty, "a"))
        .withMessageContaining("empty.csv");
  }

  @Test
  void names_haveOnlyLettersThatNamesMayHave() {
    assertThat(new UnknownCsv(Path.of("x", "Some File (1).csv"), "t").name())
        .isEqualTo("some-file-1");
    assertThat(new UnknownCsv(Path.of("ä.csv"), "t").name()).isEqualTo("data");
  }
}
