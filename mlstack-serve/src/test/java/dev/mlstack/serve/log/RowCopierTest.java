package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.testkit.RandomTables;
import dev.mlstack.testkit.Seeds;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCopierTest {

  /** The oracle is the canonical form itself: a row there and back again. */
  @Test
  void copies_holdWhatTheCanonicalBytesWillHold() {
    long seed = Seeds.next();
    Table table = RandomTables.of(RandomTables.everyType(), 2000, seed);
    RowCopier copier = RowCopier.of(table.schema());
    MemoryTable decoded = TableCodec.decode(TableCodec.encode(table));
    TableCursor original = table.cursor();
    TableCursor canonical = decoded.cursor();
    while (original.next() && canonical.next()) {
      assertSameBits(copier.copy(original), canonical, "seed " + seed + " row " + original.index());
    }
  }

  private static void assertSameBits(Row copy, Row canonical, String where) {
    Schema schema = copy.schema();
    for (int i = 0; i < schema.size(); i++) {
      FieldType type = schema.field(i).type();
      assertThat(copy.isNull(i)).as(where).isEqualTo(canonical.isNull(i));
      if (type instanceof FieldType.Tensor tensor) {
        float[] left = new float[tensor.size()];
        float[] right = new float[tensor.size()];
        copy.tensor(i, left, 0);
        canonical.tensor(i, right, 0);
        for (int j = 0; j < left.length && !copy.isNull(i); j++) {
          assertThat(Float.floatToRawIntBits(left[j]))
              .as(where)
              .isEqualTo(Float.floatToRawIntBits(right[j]));
        }
      } else if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
        assertThat(copy.text(i)).as(where).isEqualTo(canonical.text(i));
      } else {
        if (!copy.isNull(i)) {
          assertThat(Double.doubleToRawLongBits(copy.number(i)))
              .as(where)
              .isEqualTo(Double.doubleToRawLongBits(canonical.number(i)));
        }
        if (!(type instanceof FieldType.Real)) {
          assertThat(copy.integer(i)).as(where).isEqualTo(canonical.integer(i));
        }
      }
    }
  }

  @Test
  void missingValues_readAsTheContractOfARowSays() {
    Schema schema = RandomTables.everyType();
    Row copy = RowCopier.of(schema).copy(ValuesRow.of(schema, new Object[schema.size()]));
    for (int i = 0; i < schema.size(); i++) {
      FieldType type = schema.field(i).type();
      assertThat(copy.isNull(i)).isTrue();
      if (type instanceof FieldType.Tensor) {
        float[] numbers = {1, 2, 3, 4, 5, 6, 7};
        copy.tensor(i, numbers, 1);
        assertThat(numbers).startsWith(1f, Float.NaN).endsWith(Float.NaN);
      } else if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
        assertThat(copy.text(i)).isNull();
      } else {
        assertThat(copy.number(i)).isNaN();
        if (!(type instanceof FieldType.Real)) {
          assertThat(copy.integer(i)).isZero();
        }
      }
    }
  }

  @Test
  void readingAFieldAsWhatItIsNot_isRefusedNamingIt() {
    Schema schema = RandomTables.everyType();
    Row copy = RandomTables.of(schema, 1, 1).cursor().moveTo(0);
    Row copied = RowCopier.of(schema).copy(copy);
    for (Field field : schema.fields()) {
      int i = schema.indexOf(field.name());
      boolean text =
          field.type() instanceof FieldType.Text || field.type() instanceof FieldType.Category;
      boolean tensor = field.type() instanceof FieldType.Tensor;
      if (text || tensor) {
        assertRefused(() -> copied.number(i), field);
      }
      if (text || tensor || field.type() instanceof FieldType.Real) {
        assertRefused(() -> copied.integer(i), field);
      }
      if (!text) {
        assertRefused(() -> copied.text(i), field);
      }
      if (!tensor) {
        assertRefused(() -> copied.tensor(i, new float[9], 0), field);
      }
    }
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable read, Field field) {
    assertThatIllegalArgumentException()
        .isThrownBy(read)
        .withMessageContaining("'" + field.name() + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "8, -128, true",
    "8, -129, false",
    "8, 127, true",
    "8, 128, false",
    "16, 32767, true",
    "16, 32768, false",
    "32, -2147483648, true",
    "32, -2147483649, false",
    "64, 9223372036854775807, true"
  })
  void wholeNumbers_fitTheirType(int bits, long value, boolean fits) {
    assertTaken(new FieldType.Int(bits), value, fits);
  }

  @Test
  void valuesThatAColumnCannotHold_areRefused() {
    assertTaken(FieldType.BOOL, 1L, true);
    assertTaken(FieldType.BOOL, 2L, false);
    assertTaken(FieldType.DATE, LocalDate.MIN, false);
    assertTaken(FieldType.DATE, LocalDate.of(2026, 1, 31), true);
    assertTaken(FieldType.category(List.of("red", "blue")), "red", true);
    assertTaken(FieldType.category(List.of("red", "blue")), "Red", false);
    assertTaken(FieldType.TEXT, "half \uD83D pair", false);
    assertTaken(FieldType.TEXT, "half \uDE00", false);
    assertTaken(FieldType.TEXT, "\uD83D", false);
    assertTaken(FieldType.TEXT, "\uD83D\uDE00", true);
    assertTaken(FieldType.TEXT, 7, false);
    assertTaken(FieldType.tensor(2), new float[] {1, 2}, true);
    assertTaken(FieldType.tensor(2), new float[] {1, 2, 3}, false);
    assertTaken(FieldType.FLOAT64, null, false);
    assertTaken(FieldType.TEXT, null, false);
    assertTaken(FieldType.tensor(2), null, false);
  }

  private static void assertTaken(FieldType type, @Nullable Object value, boolean taken) {
    Schema schema = Schema.of(Field.of("it", type).required());
    Row row = ValuesRow.of(schema, value);
    if (taken) {
      assertThat(RowCopier.of(schema).copy(row).isNull(0)).isFalse();
    } else {
      assertThatIllegalArgumentException()
          .as("%s of %s", value, type)
          .isThrownBy(() -> RowCopier.of(schema).copy(row))
          .withMessageContaining("'it'");
    }
  }
}
