package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShiftTest {

  private static List<@Nullable Object[]> rows(@Nullable Object[]... rows) {
    return new ArrayList<>(List.of(rows));
  }

  /** Names are all different anyway: that they are others would not be seen. */
  @Test
  void of_namesAndNumbers_shiftsTheNumberWithTheMostValues() {
    Schema schema =
        Schema.of(
            Field.of("name", FieldType.TEXT),
            Field.of("few", FieldType.INT64),
            Field.of("many", FieldType.FLOAT64),
            Field.of("day", FieldType.DATE));
    Shift shift =
        Shift.of(
            schema,
            rows(
                new @Nullable Object[] {"a", 1L, 1.0, 5L},
                new @Nullable Object[] {"b", 1L, 4.0, 5L},
                new @Nullable Object[] {"c", 2L, Double.POSITIVE_INFINITY, 6L},
                new @Nullable Object[] {"d", 2L, null, 6L}));

    assertThat(shift.toString()).isEqualTo("many shifted by half of its range");
    assertThat(shift.apply(new @Nullable Object[] {"a", 1L, 1.0, 5L}))
        .containsExactly("a", 1L, 2.5, 5L);
    assertThat(shift.apply(new @Nullable Object[] {"a", 1L, null, 5L}))
        .containsExactly("a", 1L, null, 5L);
  }

  @Test
  void of_textsOnly_makesTheOneWithFewValuesRare() {
    Schema schema =
        Schema.of(
            Field.of("name", FieldType.TEXT),
            Field.of("same", FieldType.TEXT),
            Field.of("sex", FieldType.TEXT));
    Shift shift =
        Shift.of(
            schema,
            rows(
                new @Nullable Object[] {"a", "x", "m"},
                new @Nullable Object[] {"b", "x", "f"},
                new @Nullable Object[] {"c", "x", "m"}));

    assertThat(shift.toString()).isEqualTo("sex always the same");
    assertThat(shift.apply(new @Nullable Object[] {"a", "x", "m"})).containsExactly("a", "x", "f");
  }

  /** A whole number ends at the greatest that there is. */
  @Test
  void apply_hugeWholeNumber_doesNotWrapAround() {
    Schema schema = Schema.of(Field.of("n", FieldType.INT64));
    Shift shift =
        Shift.of(
            schema,
            rows(new @Nullable Object[] {Long.MIN_VALUE}, new @Nullable Object[] {Long.MAX_VALUE}));

    assertThat(shift.apply(new @Nullable Object[] {Long.MAX_VALUE}))
        .containsExactly(Long.MAX_VALUE);
  }

  @Test
  void of_nothingThatDiffers_staysAsItIs() {
    Schema schema = Schema.of(Field.of("t", FieldType.TEXT));
    Shift shift = Shift.of(schema, rows(new @Nullable Object[][] {{null}}));

    assertThat(shift.column()).isEqualTo("t");
    assertThat(shift.apply(new @Nullable Object[] {null})).containsExactly((Object) null);
  }
}
