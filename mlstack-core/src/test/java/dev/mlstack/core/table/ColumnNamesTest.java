package dev.mlstack.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNamesTest {

  private static final List<String> NAMES =
      List.of("age", "mean_radius", "mean texture", "Diagnosis", "id");

  @ParameterizedTest
  @CsvSource({
    "Age, age",
    "agee, age",
    "ag, age",
    "meanRadius, mean_radius",
    "mean_radus, mean_radius",
    "mean_textrue, mean texture",
    "diagnosis, Diagnosis",
    "ix, id",
    "income,",
    "radius,"
  })
  void nearest(String wanted, String meant) {
    assertThat(ColumnNames.nearest(wanted, NAMES).orElse(null)).isEqualTo(meant);
  }

  @Test
  void ofEquallyNearNames_theFirstByAlphabet() {
    assertThat(ColumnNames.nearest("x3", List.of("x2", "x1"))).contains("x1");
  }

  @Test
  void sentence_namesWhatIsThereAndWhatWasMeant() {
    assertThat(ColumnNames.missing(List.of("Age"), List.of("id", "age")))
        .isEqualTo("'Age' (did you mean 'age'?) among the columns [id, age]");
    assertThat(ColumnNames.missing(List.of("zzz", "idd"), List.of("id", "age")))
        .isEqualTo("'zzz', 'idd' (did you mean 'id'?) among the columns [id, age]");
  }

  @Test
  void sentence_doesNotListHundreds() {
    List<String> many = IntStream.range(0, 500).mapToObj(i -> "column" + i).toList();
    assertThat(ColumnNames.missing(List.of("x"), many)).endsWith("column29] and 470 more");
  }
}
