package dev.mlstack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.schema.Column;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelReaderTest {

  enum Color {
    RED,
    GREEN,
    DARK_BLUE
  }

  enum Alike {
    NO,
    no,
    YES
  }

  record Text(String y) {}

  record Constant(Color y) {}

  record Flag(boolean y) {}

  record Whole(long y) {}

  record Real(double y) {}

  record Missing(OptionalDouble y) {}

  record Day(LocalDate y) {}

  record Image(@Column(shape = {2, 2}) float[] y) {}

  record Two(boolean second, double first) {}

  record Targets(double first, boolean second) {}

  private static <R extends Record> Row row(Class<R> type, R record) {
    return RecordMapper.of(type).row(record);
  }

  private static <R extends Record> double[] read(Label<?> label, Class<R> type, R record) {
    Row row = row(type, record);
    LabelReader reader = label.reader(row.schema());
    double[] numbers = new double[reader.width()];
    reader.read(row, numbers, 0);
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "RED, 0",
    "red, 0",
    "' Green ', 1",
    "DARK_BLUE, 2",
    "dark-blue, 2",
    "Dark Blue, 2",
  })
  void constants_areFoundWhateverTheirCaseHyphensAndBlanks(String text, int index) {
    assertThat(read(Label.classes("y", Color.class), Text.class, new Text(text)))
        .containsExactly(index);
  }

  @Test
  void constants_areReadFromACategory() {
    assertThat(read(Label.classes("y", Color.class), Constant.class, new Constant(Color.GREEN)))
        .containsExactly(1);
  }

  @Test
  void constantsThatDifferInCaseAlone_areFoundExactly() {
    Label<Classification<Alike>> label = Label.classes("y", Alike.class);
    assertThat(read(label, Text.class, new Text("NO"))).containsExactly(0);
    assertThat(read(label, Text.class, new Text("no"))).containsExactly(1);
    assertThat(read(label, Text.class, new Text("yes"))).containsExactly(2);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(label, Text.class, new Text("No")));
  }

  @Test
  void texts_areFoundExactly() {
    Label<Classification<String>> label = Label.classes("y", List.of("no", "yes"));
    assertThat(read(label, Text.class, new Text("yes"))).containsExactly(1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(label, Text.class, new Text("YES")))
        .withMessageContaining("'y'")
        .withMessageContaining("'YES'")
        .withMessageContaining("[no, yes]");
  }

  @Test
  void texts_areFoundAmongNumbersAsPeopleWriteThem() {
    Label<Classification<String>> label = Label.classes("y", List.of("0", "0.001", "2"));
    assertThat(read(label, Whole.class, new Whole(2))).containsExactly(2);
    assertThat(read(label, Real.class, new Real(2.0))).containsExactly(2);
    assertThat(read(label, Real.class, new Real(-0.0))).containsExactly(0);
    assertThat(read(label, Real.class, new Real(0.001))).containsExactly(1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(label, Real.class, new Real(Double.POSITIVE_INFINITY)))
        .withMessageContaining("Infinity");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(label, Real.class, new Real(1e300)))
        .withMessageContaining("1.0E300");
  }

  @Test
  void wholeNumbers_areCountedFromTheFirst() {
    Label<Classification<Integer>> label = Label.classes("y", 3, 7);
    assertThat(read(label, Whole.class, new Whole(3))).containsExactly(0);
    assertThat(read(label, Real.class, new Real(7))).containsExactly(4);
    assertThat(read(label, Text.class, new Text("5"))).containsExactly(2);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(label, Whole.class, new Whole(8)))
        .withMessageContaining("'8'");
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "TRUE, 1", "1, 1", "false, 0", "False, 0", "0, 0"})
  void flags_areReadFromTexts(String text, int index) {
    assertThat(read(Label.flag("y"), Text.class, new Text(text))).containsExactly(index);
  }

  @Test
  void flags_areReadFromTruthValuesAndNumbers() {
    assertThat(read(Label.flag("y"), Flag.class, new Flag(true))).containsExactly(1);
    assertThat(read(Label.flag("y"), Whole.class, new Whole(0))).containsExactly(0);
    assertThat(read(Label.flag("y"), Real.class, new Real(1))).containsExactly(1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(Label.flag("y"), Whole.class, new Whole(2)))
        .withMessageContaining("'2'");
  }

  @Test
  void numbers_areReadFromWhateverIsNumeric() {
    assertThat(read(Label.number("y"), Real.class, new Real(-1.5))).containsExactly(-1.5);
    assertThat(read(Label.number("y"), Whole.class, new Whole(7))).containsExactly(7);
    assertThat(read(Label.number("y"), Flag.class, new Flag(true))).containsExactly(1);
  }

  @Test
  void numbersThatAreNotFinite_areRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(Label.number("y"), Real.class, new Real(Double.NEGATIVE_INFINITY)))
        .withMessageContaining("'y' must be finite but is -Infinity");
  }

  @Test
  void missingLabels_areRefused() {
    Missing missing = new Missing(OptionalDouble.empty());
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(Label.number("y"), Missing.class, missing))
        .withMessageContaining("'y' is missing");
  }

  @Test
  void tensors_areReadNumberByNumber() {
    Image image = new Image(new float[] {1, 2, 3, 4});
    assertThat(read(Label.tensor("y", 2, 2), Image.class, image)).containsExactly(1, 2, 3, 4);
    Image infinite = new Image(new float[] {1, 2, Float.NaN, 4});
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(Label.tensor("y", 2, 2), Image.class, infinite))
        .withMessageContaining("at index 2 is NaN");
  }

  @Test
  void severalColumns_areReadInTheOrderOfTheLabelNotOfTheRow() {
    assertThat(read(Label.outputs(Targets.class), Two.class, new Two(true, 2.5)))
        .containsExactly(2.5, 1);
  }

  @Test
  void read_writesWhereItIsTold() {
    Row row = row(Real.class, new Real(5));
    double[] to = new double[3];
    Label.number("y").reader(row.schema()).read(row, to, 1);
    assertThat(to).containsExactly(0, 5, 0);
  }

  @Test
  void columnsOfUnsuitableTypes_areRefusedBeforeAnyRowIsRead() {
    refuse(Label.number("y"), Text.class, "must be a number but its column is text");
    refuse(Label.flag("y"), Day.class, "its column is date");
    refuse(Label.classes("y", Color.class), Image.class, "its column is tensor[2, 2]");
    refuse(Label.tensor("y", 4), Image.class, "must be a tensor[4]");
  }

  @Test
  void aColumnThatIsNotThere_isRefused() {
    refuse(Label.number("z"), Real.class, "there is no column 'z'");
  }

  private static void refuse(Label<?> label, Class<? extends Record> rows, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> label.reader(RecordMapper.of(rows).schema()))
        .withMessageContaining(message);
  }
}
