package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.schema.FieldType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinsTest {

  private static List<String> labels(FieldType type, double min, Double... borders) {
    return new BinLabels(type, min, List.of(borders)).all();
  }

  @Test
  void labels_ofReals_areIntervals() {
    assertThat(labels(FieldType.FLOAT64, 0, 1.5, 2.0, 1e10))
        .containsExactly("< 1.5", "[1.5, 2.0)", "[2.0, 1.0E10)", ">= 1.0E10");
  }

  @Test
  void labels_ofBinsOfOneValue_areTheValue() {
    double up = Math.nextUp(1.5);
    assertThat(labels(FieldType.FLOAT64, 0, 1.5, up, 2.0))
        .containsExactly("< 1.5", "1.5", "(1.5, 2.0)", ">= 2.0");
    assertThat(labels(FieldType.FLOAT64, 1.5, up, 2.0))
        .containsExactly("<= 1.5", "(1.5, 2.0)", ">= 2.0");
    assertThat(labels(FieldType.FLOAT64, 1.5, 1.5, up)).containsExactly("< 1.5", "1.5", "> 1.5");
  }

  @Test
  void labels_ofFloats_areAsShortAsFloats() {
    double tenth = 0.1f;
    double up = Math.nextUp(0.1f);
    assertThat(labels(FieldType.FLOAT32, 0, tenth, up, (double) 0.3f))
        .containsExactly("< 0.1", "0.1", "(0.1, 0.3)", ">= 0.3");
  }

  @Test
  void labels_ofWholeNumbers_haveNoPoint() {
    assertThat(labels(FieldType.INT64, 0, 1.0, 2.0, 10.0, 11.0))
        .containsExactly("< 1", "1", "[2, 10)", "10", ">= 11");
  }

  @Test
  void labels_ofTruthDatesAndTimes_areTheirs() {
    assertThat(labels(FieldType.BOOL, 0, 1.0)).containsExactly("false", "true");
    assertThat(labels(FieldType.DATE, 0, 19723.0, 19724.0, 20000.0))
        .containsExactly("< 2024-01-01", "2024-01-01", "[2024-01-02, 2024-10-04)", ">= 2024-10-04");
    assertThat(labels(FieldType.INSTANT, 0, 1.7e15))
        .containsExactly("< 2023-11-14T22:13:20Z", ">= 2023-11-14T22:13:20Z");
    assertThat(labels(FieldType.LOCAL_DATE_TIME, 0, 1.7e15))
        .containsExactly("< 2023-11-14T22:13:20", ">= 2023-11-14T22:13:20");
  }

  @Test
  void labels_withoutBorders_areOne() {
    assertThat(labels(FieldType.FLOAT64, Double.NaN)).containsExactly("any");
  }

  @Test
  void next_isTheNextValueOfTheType() {
    assertThat(Bins.next(FieldType.INT32, 3)).isEqualTo(4);
    assertThat(Bins.next(FieldType.INT64, 0x1p60)).isEqualTo(Math.nextUp(0x1p60));
    assertThat(Bins.next(FieldType.FLOAT64, 3)).isEqualTo(Math.nextUp(3.0));
    assertThat(Bins.next(FieldType.FLOAT32, 3)).isEqualTo(Math.nextUp(3f));
  }

  @Test
  void bins_thatDoNotFitTheirBorders_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bins(List.of(1.0), List.of(1L)))
        .withMessageContaining("one more than borders");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bins(Collections.nCopies(20, 1.0), Collections.nCopies(21, 1L)))
        .withMessageContaining("at most 20");
    for (List<Double> borders :
        List.of(List.of(2.0, 1.0), List.of(1.0, 1.0), List.of(1.0, Double.NaN))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Bins(borders, List.of(1L, 1L, 1L)))
          .withMessageContaining("must rise");
    }
  }
}
