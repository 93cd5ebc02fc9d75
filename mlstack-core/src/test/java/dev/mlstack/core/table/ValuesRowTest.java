package dev.mlstack.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import dev.mlstack.testkit.RandomTables;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesRowTest {

  private static final FieldType COLOR = FieldType.category(List.of("SECONDS", "DAYS"));

  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of(FieldType.BOOL, true, 1.0),
        Arguments.of(FieldType.BOOL, 0, 0.0),
        Arguments.of(FieldType.INT32, 7, 7.0),
        Arguments.of(FieldType.INT64, (short) -7, -7.0),
        Arguments.of(new FieldType.Int(8), (byte) 5, 5.0),
        Arguments.of(FieldType.FLOAT64, 0.5f, 0.5),
        Arguments.of(FieldType.FLOAT64, 3L, 3.0),
        Arguments.of(FieldType.FLOAT32, 2.5, 2.5),
        Arguments.of(FieldType.DATE, LocalDate.of(1969, 12, 31), -1.0),
        Arguments.of(FieldType.DATE, 20L, 20.0),
        Arguments.of(FieldType.INSTANT, Instant.ofEpochSecond(-1, 999_999_999), -1.0),
        Arguments.of(FieldType.LOCAL_DATE_TIME, LocalDateTime.of(1970, 1, 1, 0, 0, 1), 1e6));
  }

  @ParameterizedTest
  @MethodSource
  void numbers(FieldType type, Object value, double expected) {
    Row row = row(type, value);
    assertThat(row.number(0)).isEqualTo(expected);
    assertThat(row.isNull(0)).isFalse();
    if (!(type instanceof FieldType.Real)) {
      assertThat(row.integer(0)).isEqualTo((long) expected);
    }
  }

  private static Row row(FieldType type, @Nullable Object value) {
    return ValuesRow.of(Schema.of(Field.of("x", type)), value);
  }

  @Test
  void texts() {
    assertThat(row(FieldType.TEXT, "a").text(0)).isEqualTo("a");
    assertThat(row(FieldType.TEXT, TimeUnit.DAYS).text(0)).isEqualTo("DAYS");
    assertThat(row(COLOR, TimeUnit.DAYS).text(0)).isEqualTo("DAYS");
    assertThat(row(COLOR, "SECONDS").text(0)).isEqualTo("SECONDS");
  }

  @Test
  void missingValues() {
    for (Field field : RandomTables.everyType().fields()) {
      Row row = row(field.type(), null);
      assertThat(row.isNull(0)).isTrue();
      if (field.type() instanceof FieldType.Tensor tensor) {
        float[] numbers = new float[tensor.size()];
        row.tensor(0, numbers, 0);
        assertThat(numbers).containsOnly(Float.NaN);
      } else if (field.type() instanceof FieldType.Text
          || field.type() instanceof FieldType.Category) {
        assertThat(row.text(0)).isNull();
      } else {
        assertThat(row.number(0)).isNaN();
      }
    }
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        Arguments.of(FieldType.INT32, 1.5),
        Arguments.of(FieldType.INT32, new BigDecimal("1.5")),
        Arguments.of(FieldType.INT32, "1"),
        Arguments.of(FieldType.INT32, true),
        Arguments.of(FieldType.INT64, LocalDate.of(2000, 1, 1)),
        Arguments.of(FieldType.BOOL, "true"),
        Arguments.of(FieldType.FLOAT64, "1.5"),
        Arguments.of(FieldType.FLOAT64, true),
        Arguments.of(FieldType.DATE, Instant.EPOCH),
        Arguments.of(FieldType.DATE, LocalDateTime.of(2000, 1, 1, 0, 0)),
        Arguments.of(FieldType.INSTANT, LocalDate.of(2000, 1, 1)),
        Arguments.of(FieldType.INSTANT, LocalDateTime.of(2000, 1, 1, 0, 0)),
        Arguments.of(FieldType.INSTANT, Instant.MAX),
        Arguments.of(FieldType.INSTANT, Instant.MIN),
        Arguments.of(FieldType.LOCAL_DATE_TIME, LocalDateTime.MAX),
        Arguments.of(FieldType.TEXT, 5),
        Arguments.of(COLOR, 1),
        Arguments.of(FieldType.tensor(2), new double[] {1, 2}),
        Arguments.of(FieldType.tensor(2), new float[] {1}));
  }

  @ParameterizedTest
  @MethodSource
  void wrongValues(FieldType type, Object value) {
    Schema schema = Schema.of(Field.of("x", type));
    assertThatThrownBy(() -> MemoryTable.builder(schema).add(1, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 'x'");
  }

  @Test
  void readingAsWhatTheFieldIsNot_isRefused() {
    for (Field field : RandomTables.everyType().fields()) {
      Row row = row(field.type(), null);
      boolean text =
          field.type() instanceof FieldType.Text || field.type() instanceof FieldType.Category;
      boolean tensor = field.type() instanceof FieldType.Tensor;
      if (text || tensor) {
        refused(() -> row.number(0));
        refused(() -> row.integer(0));
      }
      if (!text) {
        refused(() -> row.text(0));
      }
      if (!tensor) {
        refused(() -> row.tensor(0, new float[1], 0));
      }
    }
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 'x'");
  }

  @Test
  void wrongNumberOfValues_isRefused() {
    assertThatThrownBy(() -> ValuesRow.of(RandomTables.everyType(), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of this schema has 13 values but was given 2");
  }
}
